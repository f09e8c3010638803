package com.example.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.rwx.RwxVolume;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class HomesTest {

    @Test
    void twoProjectsHaveTwoHomes() throws Exception {
        Homes homes = new Homes();
        try (FileSystem one = homes.of(ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001"));
                FileSystem other = homes.of(ProjectId.parse("bbbbbbbb-0000-4000-8000-000000000002"))) {
            Files.writeString(one.getPath("/notes"), "mine");

            assertTrue(Files.exists(one.getPath("/notes")));
            assertFalse(Files.exists(other.getPath("/notes")));
        }
    }

    @Test
    void allOfItAreNamedModules() {
        assertEquals("com.example.modules", Homes.class.getModule().getName());
        assertEquals("com.cocalc.storage", ProjectId.class.getModule().getName());
        assertEquals("com.cocalc.storage.rwx", RwxVolume.class.getModule().getName());
        assertFalse(RwxVolume.class.getModule().isExported("com.cocalc.storage.rwx.kernel"));
    }
}
