package com.cocalc.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ModuleTest {

    private static ModuleDescriptor descriptor() throws URISyntaxException {
        Path classes = Path.of(ProjectFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return ModuleFinder.of(classes)
                .find("com.cocalc.storage.files")
                .orElseThrow()
                .descriptor();
    }

    @Test
    void theFaceAndItsOutcomesAreExported() throws URISyntaxException {
        assertThat(descriptor().exports())
                .extracting(ModuleDescriptor.Exports::toString)
                .containsExactlyInAnyOrder("com.cocalc.storage.files", "com.cocalc.storage.files.outcome");
    }

    @Test
    void nothingButTheApiIsRequiredAtRunTime() throws URISyntaxException {
        assertThat(descriptor().requires())
                .filteredOn(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactlyInAnyOrder("java.base", "com.cocalc.storage");
    }
}
