package com.cocalc.storage.testkit.mutant;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.ContainerFiles;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import com.cocalc.storage.testkit.law.OwnershipLaws;
import com.cocalc.storage.testkit.mutant.CopyMutants.Copier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a copier lives through: a container like that of manage-share, and projects that are not all friendly. */
final class CopyScenes {

    private static final String OWN = "projects/" + Projects.A;
    private static final String SHARE = "shares/" + Projects.A;
    private static final String OLD = "o".repeat(9000);
    private static final String NEW = "n".repeat(9000);

    private final RwxVolume volume = RwxVolume.create();
    private final Path root = volume.mount(Mount.asRoot()).getPath("/");
    private final Path source;
    private final Path target;

    private CopyScenes() throws IOException {
        volume.populate("""
                0755 2001:2001 - OWN/
                0755 2001:2001 - OWN/docs/
                0644 2001:2001 0 OWN/docs/notes
                4755 2001:2001 "program" OWN/program
                0777 2001:2001 - OWN/link -> ../other
                0777 2001:2001 - OWN/docs/secret -> ../../other/secret
                0755 2001:2001 - OWN/swap/
                0644 2001:2001 "harmless" OWN/swap/secret
                0755 2001:2001 - OWN-evil/
                0644 2001:2001 "SECRET" OWN-evil/secret
                0755 2001:2001 - projects/other/
                0644 2001:2001 "SECRET" projects/other/secret
                0755 2001:2001 - SHARE/
                """.replace("OWN", OWN).replace("SHARE", SHARE));
        Files.writeString(root.resolve(OWN + "/docs/notes"), NEW);
        RwxVolume image = RwxVolume.create();
        image.populate("1777 0:0 - tmp/");
        FileSystem container = ContainerFiles.builder(image, PosixIdentity.PROJECT_USER)
                .mount(
                        "/projects",
                        volume,
                        Mount.as(2001, 2001).subPath("projects").readOnly())
                .mount("/shares", volume, Mount.as(2001, 2001).subPath("shares"))
                .build();
        source = container.getPath("/" + OWN);
        target = container.getPath("/" + SHARE);
    }

    /** Something that a copier may or may not refuse. */
    private interface Scene {
        void play(CopyScenes world, Copier copier, Set<String> caughtBy) throws IOException;
    }

    static Set<String> judge(Copier copier) throws IOException {
        Set<String> caughtBy = new LinkedHashSet<>();
        for (Scene scene : new Scene[] {
            CopyScenes::plainFile,
            CopyScenes::strangersFiles,
            CopyScenes::swappedDirectory,
            CopyScenes::newerTarget,
            CopyScenes::readers,
            CopyScenes::fullVolume
        }) {
            CopyScenes world = new CopyScenes();
            Neighbours neighbours = Neighbours.of(world.volume, SHARE);
            scene.play(world, copier, caughtBy);
            neighbours.check(caughtBy);
        }
        return caughtBy;
    }

    private @Nullable String shared(String name) throws IOException {
        Path file = root.resolve(SHARE).resolve(name);
        return Files.exists(file) ? Files.readString(file) : null;
    }

    private void plainFile(Copier copier, Set<String> caughtBy) throws IOException {
        try {
            copier.copy(source, "docs/notes", target);
            copier.copy(source, "program", target);
        } catch (IOException e) {
            caughtBy.add(Neighbours.fake(e));
            return;
        }
        if (!NEW.equals(shared("notes")) || !"program".equals(shared("program"))) {
            caughtBy.add("property: the copy is whole");
        }
        if (volume.tree().contains(".staged")) {
            caughtBy.add("property: nothing is left behind");
        }
        caughtBy.addAll(Projects.laws(OwnershipLaws.check(root.resolve(SHARE), PosixIdentity.PROJECT_USER)));
    }

    private void strangersFiles(Copier copier, Set<String> caughtBy) throws IOException {
        for (String path : new String[] {
            "../" + Projects.A + "-evil/secret",
            "../other/secret",
            "link/secret",
            "docs/secret",
            "docs/../../other/secret"
        }) {
            try {
                copier.copy(source, path, target);
            } catch (IOException e) {
                // To refuse is right; what counts is what is there afterwards.
            } finally {
                checkSecret(path, caughtBy);
            }
        }
    }

    private void checkSecret(String path, Set<String> caughtBy) throws IOException {
        if ("SECRET".equals(shared("secret"))) {
            caughtBy.add("property: files of others stay theirs (" + path.replace(Projects.A.toString(), "<id>") + ")");
            Files.delete(root.resolve(SHARE + "/secret"));
        }
    }

    /** A user exchanges a directory for a link, after it was looked at and before it is used. */
    private void swappedDirectory(Copier copier, Set<String> caughtBy) throws IOException {
        AtomicBoolean isSwapped = new AtomicBoolean();
        volume.beforeEachOperation(event -> {
            boolean isRead = event.operation() == Operation.OPEN && event.path().endsWith("secret");
            if (isRead && !isSwapped.getAndSet(true)) {
                swap();
            }
        });
        try {
            copier.copy(source, "swap/secret", target);
        } catch (IOException e) {
            // To refuse is right too; what counts is what is there afterwards.
        } finally {
            volume.beforeEachOperation(event -> {});
            checkSecret("swap/secret", caughtBy);
            restore();
        }
    }

    private void swap() {
        try {
            Files.move(root.resolve(OWN + "/swap"), root.resolve(OWN + "/away"));
            Files.createSymbolicLink(
                    root.resolve(OWN + "/swap"), root.getFileSystem().getPath("../other"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restore() throws IOException {
        if (Files.exists(root.resolve(OWN + "/away"))) {
            Files.delete(root.resolve(OWN + "/swap"));
            Files.move(root.resolve(OWN + "/away"), root.resolve(OWN + "/swap"));
        }
    }

    private void newerTarget(Copier copier, Set<String> caughtBy) throws IOException {
        Files.writeString(target.resolve("notes"), OLD);
        Files.setLastModifiedTime(target.resolve("notes"), FileTime.fromMillis(4_000_000_000_000L));
        try {
            copier.copy(source, "docs/notes", target);
        } catch (IOException e) {
            caughtBy.add(Neighbours.fake(e));
        }
        if (!OLD.equals(shared("notes"))) {
            caughtBy.add("property: a newer file stays");
        }
    }

    /** Somebody reads before each operation. */
    private void readers(Copier copier, Set<String> caughtBy) throws IOException {
        Files.writeString(target.resolve("notes"), OLD);
        Files.setLastModifiedTime(target.resolve("notes"), FileTime.fromMillis(0));
        volume.beforeEachOperation(event -> {
            try {
                String seen = shared("notes");
                if (!OLD.equals(seen) && !NEW.equals(seen)) {
                    caughtBy.add("property: readers see the old file or the new one");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            copier.copy(source, "docs/notes", target);
        } catch (IOException e) {
            caughtBy.add(Neighbours.fake(e));
        } finally {
            volume.beforeEachOperation(event -> {});
        }
    }

    private void fullVolume(Copier copier, Set<String> caughtBy) throws IOException {
        volume.quota(SHARE, 8192, 100);
        boolean isReported = false;
        try {
            copier.copy(source, "docs/notes", target);
        } catch (IOException e) {
            isReported = true;
        }
        if (!isReported && !NEW.equals(shared("notes"))) {
            caughtBy.add("property: what is reported as copied is whole");
        }
    }
}
