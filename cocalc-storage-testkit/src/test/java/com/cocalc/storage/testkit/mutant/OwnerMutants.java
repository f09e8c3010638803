package com.cocalc.storage.testkit.mutant;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.law.OwnershipLaws;
import com.cocalc.storage.testkit.law.RepetitionLaws;
import com.cocalc.storage.testkit.law.Violation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Wrong versions of a small program that hands a home over to its user, as root. */
final class OwnerMutants {

    private static final String OWN = "projects/" + Projects.A;

    private OwnerMutants() {}

    /** What can be wrong with it. */
    private enum Flaw {
        CHOWN_FOLLOWS_LINKS,
        WALKS_INTO_LINKED_DIRECTORIES,
        FORGETS_THE_HOME_ITSELF,
        FORGETS_THE_GROUP,
        FORGETS_HIDDEN_FILES,
        FORGETS_WHAT_IS_DEEPER,
        MAKES_ALL_WRITABLE,
        LEAVES_A_MARK_EACH_TIME,
        PREFIX_WITHOUT_A_BOUNDARY
    }

    private record Repair(Set<Flaw> flaws) {

        void run(Path home) throws IOException {
            if (has(Flaw.PREFIX_WITHOUT_A_BOUNDARY)) {
                for (Path candidate : list(home.resolveSibling("."))) {
                    if (candidate.normalize().toString().startsWith(home.toString())) {
                        walk(candidate.normalize(), 0);
                    }
                }
            } else {
                walk(home, 0);
            }
            if (has(Flaw.LEAVES_A_MARK_EACH_TIME)) {
                Path mark = home.resolve("mark-" + list(home).size());
                Files.createFile(mark);
                walk(mark, 1);
            }
        }

        private void walk(Path path, int depth) throws IOException {
            if (depth > 0 || !has(Flaw.FORGETS_THE_HOME_ITSELF)) {
                chown(path);
            }
            LinkOption[] options =
                    has(Flaw.WALKS_INTO_LINKED_DIRECTORIES) ? new LinkOption[0] : new LinkOption[] {NOFOLLOW_LINKS};
            if (!Files.isDirectory(path, options) || (depth > 0 && has(Flaw.FORGETS_WHAT_IS_DEEPER))) {
                return;
            }
            for (Path entry : list(path)) {
                boolean isHidden = entry.getFileName().toString().startsWith(".");
                if (!isHidden || !has(Flaw.FORGETS_HIDDEN_FILES)) {
                    walk(entry, depth + 1);
                }
            }
        }

        private void chown(Path path) throws IOException {
            LinkOption[] options =
                    has(Flaw.CHOWN_FOLLOWS_LINKS) ? new LinkOption[0] : new LinkOption[] {NOFOLLOW_LINKS};
            Files.setAttribute(path, "unix:uid", 2001, options);
            if (!has(Flaw.FORGETS_THE_GROUP)) {
                Files.setAttribute(path, "unix:gid", 2001, options);
            }
            if (has(Flaw.MAKES_ALL_WRITABLE) && !Files.isSymbolicLink(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        }

        private boolean has(Flaw flaw) {
            return flaws.contains(flaw);
        }
    }

    static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }

    static List<Subject<?>> subjects() {
        Subject<Repair> subject =
                Subject.of("handing over a home", new Repair(EnumSet.noneOf(Flaw.class)), OwnerMutants::judge);
        for (Flaw flaw : Flaw.values()) {
            subject.mutant(words(flaw), new Repair(EnumSet.of(flaw)));
        }
        return List.of(subject);
    }

    static String words(Enum<?> flaw) {
        return flaw.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Set<String> judge(Repair repair) throws IOException {
        RwxVolume volume = RwxVolume.create();
        volume.populate("""
                0755 0:0 - projects/
                0755 0:0 - OWN/
                0644 0:0 "x" OWN/.bashrc
                0755 0:0 - OWN/docs/
                0644 0:0 "x" OWN/docs/notes
                0777 0:0 - OWN/link -> ../precious
                0777 0:0 - OWN/directory -> ../other
                0755 0:0 - OWN-old/
                0644 0:0 "x" OWN-old/file
                0755 0:0 - projects/other/
                0644 0:0 "x" projects/other/file
                0600 0:0 "x" projects/precious
                """.replace("OWN", OWN));
        Neighbours neighbours = Neighbours.of(volume, OWN);
        Path home = volume.mount(Mount.asRoot()).getPath("/" + OWN);
        Set<String> caughtBy = new LinkedHashSet<>();
        try {
            repair.run(home);
            String once = volume.tree();
            repair.run(home);
            caughtBy.addAll(Projects.laws(RepetitionLaws.checkRepeating("repair", once, volume.tree())));
        } catch (IOException e) {
            caughtBy.add(Neighbours.fake(e));
        }
        List<Violation> violations = OwnershipLaws.check(home, PosixIdentity.PROJECT_USER).stream()
                // The link out is the attack: it was there before.
                .filter(violation -> !violation.law().equals(OwnershipLaws.NO_LINK_OUT))
                .toList();
        caughtBy.addAll(Projects.laws(violations));
        neighbours.check(caughtBy);
        return caughtBy;
    }
}
