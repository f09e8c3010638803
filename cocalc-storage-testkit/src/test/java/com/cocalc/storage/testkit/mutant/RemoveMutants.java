package com.cocalc.storage.testkit.mutant;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.rwx.call.Operation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Wrong versions of small programs that remove a project's files, and that share work between machines. */
final class RemoveMutants {

    private static final String OWN = "projects/" + Projects.A;

    private RemoveMutants() {}

    static List<Subject<?>> subjects() {
        Subject<Remover> removing =
                Subject.of("removing a project", new Remover(EnumSet.noneOf(Flaw.class)), RemoveMutants::judge);
        for (Flaw flaw : Flaw.values()) {
            removing.mutant(OwnerMutants.words(flaw), new Remover(EnumSet.of(flaw)));
        }
        Subject<Worker> working = Subject.<Worker>of(
                        "taking work from a shared list",
                        work -> {
                            try {
                                Files.createFile(work);
                                return true;
                            } catch (FileAlreadyExistsException e) {
                                return false;
                            }
                        },
                        RemoveMutants::judgeWork)
                .mutant("looks first and takes then", work -> {
                    if (Files.exists(work)) {
                        return false;
                    }
                    Files.writeString(work, "");
                    return true;
                })
                .mutant("a failure is taken for success", work -> {
                    try {
                        Files.createFile(work);
                    } catch (IOException e) {
                        return true;
                    }
                    return true;
                });
        return List.of(removing, working);
    }

    /** What can be wrong with removing. */
    private enum Flaw {
        FOLLOWS_LINKS,
        PREFIX_WITHOUT_A_BOUNDARY,
        UPPER_CASE_ID_NOT_FOLDED,
        AN_EMPTY_ID_MEANS_ALL,
        LEAVES_HIDDEN_FILES,
        REMOVES_THE_PARENT_TOO,
        STOPS_AT_THE_FIRST_FULL_DIRECTORY
    }

    private record Remover(Set<Flaw> flaws) {

        void remove(Path projects, String id) throws IOException {
            String name = has(Flaw.UPPER_CASE_ID_NOT_FOLDED) ? id : id.toLowerCase(Locale.ROOT);
            if (name.length() != 36 && !(has(Flaw.AN_EMPTY_ID_MEANS_ALL) && name.isEmpty())) {
                throw new IllegalArgumentException("id must be a UUID");
            }
            boolean byPrefix = has(Flaw.PREFIX_WITHOUT_A_BOUNDARY) || name.isEmpty();
            for (Path directory : OwnerMutants.list(projects)) {
                String found = directory.getFileName().toString();
                if (byPrefix ? found.startsWith(name) : found.equals(name)) {
                    removeAll(directory);
                }
            }
            if (has(Flaw.REMOVES_THE_PARENT_TOO)) {
                removeAll(projects);
            }
        }

        private void removeAll(Path path) throws IOException {
            LinkOption[] options = has(Flaw.FOLLOWS_LINKS) ? new LinkOption[0] : new LinkOption[] {NOFOLLOW_LINKS};
            if (Files.isDirectory(path, options) && !has(Flaw.STOPS_AT_THE_FIRST_FULL_DIRECTORY)) {
                for (Path entry : OwnerMutants.list(path)) {
                    boolean isHidden = entry.getFileName().toString().startsWith(".");
                    if (!isHidden || !has(Flaw.LEAVES_HIDDEN_FILES)) {
                        removeAll(entry);
                    }
                }
            }
            Files.delete(path);
        }

        private boolean has(Flaw flaw) {
            return flaws.contains(flaw);
        }
    }

    private static Set<String> judge(Remover remover) {
        RwxVolume volume = RwxVolume.create();
        volume.populate("""
                0755 2001:2001 - projects/
                0755 2001:2001 - OWN/
                0644 2001:2001 "x" OWN/.bashrc
                0755 2001:2001 - OWN/docs/
                0644 2001:2001 "x" OWN/docs/notes
                0777 2001:2001 - OWN/link -> ../other
                0755 2001:2001 - OWN-old/
                0644 2001:2001 "x" OWN-old/file
                0755 2001:2001 - projects/other/
                0644 2001:2001 "x" projects/other/file
                """.replace("OWN", OWN));
        Neighbours neighbours = Neighbours.of(volume, OWN);
        Path projects = volume.mount(Mount.as(2001, 2001).subPath("projects")).getPath("/");
        Set<String> caughtBy = new LinkedHashSet<>();
        for (String id : List.of("", Projects.A.toString().toUpperCase(Locale.ROOT))) {
            try {
                remover.remove(projects, id);
            } catch (NoSuchFileException e) {
                caughtBy.add("fake volume: No such file or directory");
            } catch (IOException e) {
                caughtBy.add(Neighbours.fake(e));
            } catch (IllegalArgumentException e) {
                // An empty id is refused, as it should be.
                if (!id.isEmpty()) {
                    throw e;
                }
            }
            neighbours.check(caughtBy);
        }
        if (volume.tree().contains(OWN + "/")) {
            caughtBy.add("property: the project's files are gone");
        }
        return caughtBy;
    }

    /** Tries to take a piece of work; true where it is now its own. */
    private interface Worker {
        boolean take(Path work) throws IOException;
    }

    /** The other machine takes the work just before the last operation of this one. */
    private static Set<String> judgeWork(Worker worker) throws IOException {
        RwxVolume volume = RwxVolume.builder().rootMode(0777).build();
        Path mine = volume.mount(Mount.as(2001, 2001)).getPath("/data");
        Path yours = volume.mount(Mount.as(2001, 2001)).getPath("/data");
        AtomicInteger takers = new AtomicInteger();
        AtomicBoolean isTaken = new AtomicBoolean();
        volume.beforeEachOperation(event -> {
            if (event.operation() == Operation.OPEN && !isTaken.getAndSet(true)) {
                takers.addAndGet(take(worker, yours));
            }
        });
        takers.addAndGet(take(worker, mine));
        return takers.get() == 1 ? Set.of() : Set.of("property: one of two gets the work");
    }

    private static int take(Worker worker, Path work) {
        try {
            return worker.take(work) ? 1 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
