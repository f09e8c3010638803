package com.cocalc.storage.testkit.cluster.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Command lines of the programs that init containers run, most of them meaningful. */
final class RandomCommandLine {

    private static final List<String> PLACES = List.of(
            "home",
            "home/",
            "home/.",
            "home/file",
            "home/secret",
            "home/setuid",
            "home/shared",
            "home/shared/s",
            "home/closed",
            "home/closed/in",
            "home/link",
            "home/dirlink",
            "home/dirlink/",
            "home/dangling",
            "tmp",
            "tmp/of-1000",
            "empty",
            "missing",
            "missing/x",
            "tmp/new",
            "empty/new",
            "home/shared/new");
    private static final List<String> OWNERS =
            List.of("2001", "2001:2001", ":2001", "0:0", "root", "1000:2001", "root:1000", "+1000");
    private static final List<String> MODES = List.of(
            "0755",
            "700",
            "2775",
            "00755",
            "1777",
            "4755",
            "u+w",
            "go-rwx",
            "a+X",
            "g=u",
            "u=rwX,go=rX",
            "+x",
            "=",
            "g+s",
            "o-t",
            "u-s,g-s",
            "ug+rw,o=");
    private static final List<String> CONDITIONS = List.of(
            "-type d",
            "-type f",
            "-type l",
            "-user 2001",
            "-user 0",
            "-group 2001",
            "-uid +500",
            "-gid -500",
            "-name s*",
            "-name *[!e]",
            "-path home/s*",
            "-perm -0200",
            "-perm /022",
            "-perm 0644",
            "-perm -u+w",
            "-type f -size +0",
            "-type f -size -5c",
            "-newer home/file ! -type l",
            "-true",
            "-false");

    private final SplittableRandom random;

    RandomCommandLine(long seed) {
        this.random = new SplittableRandom(seed);
    }

    List<String> next() {
        return switch (random.nextInt(5)) {
            case 0 -> chown();
            case 1 -> chmod();
            case 2 -> mkdir();
            case 3 -> cp();
            default -> find();
        };
    }

    private List<String> chown() {
        List<String> argv = new ArrayList<>(List.of("chown"));
        option(argv, 2, "-R");
        option(argv, 3, "-h");
        option(argv, 8, "-H");
        argv.add(one(OWNERS));
        places(argv, 1);
        return argv;
    }

    private List<String> chmod() {
        List<String> argv = new ArrayList<>(List.of("chmod"));
        option(argv, 2, "-R");
        option(argv, 5, "-c");
        argv.add(one(MODES));
        places(argv, 1);
        return argv;
    }

    private List<String> mkdir() {
        List<String> argv = new ArrayList<>(List.of("mkdir"));
        option(argv, 2, "-p");
        option(argv, 5, "-v");
        if (random.nextInt(2) == 0) {
            argv.add("-m");
            argv.add(one(MODES));
        }
        places(argv, 1);
        return argv;
    }

    /**
     * Into a directory that is not among the sources: where it is, the order of a real directory decides. No two
     * sources of one name: GNU's warns of the second.
     */
    private List<String> cp() {
        List<String> argv = new ArrayList<>(List.of("cp"));
        option(argv, 2, "-r");
        option(argv, 3, "-a");
        option(argv, 4, "-p");
        option(argv, 5, "-f");
        option(argv, 6, "-n");
        option(argv, 8, "-L");
        option(argv, 8, "-P");
        List<String> sources = new ArrayList<>();
        places(sources, 1);
        sources.replaceAll(source -> source.equals("home/dirlink/") ? "home/dirlink" : source); // it is home/shared
        Set<String> names = new HashSet<>();
        sources.stream()
                .filter(source ->
                        names.add(Path.of(source).normalize().getFileName().toString()))
                .forEach(argv::add);
        argv.add(one(List.of("empty", "tmp", "tmp/new", "empty/new/", "tmp/of-1000")));
        return argv;
    }

    private List<String> find() {
        List<String> argv = new ArrayList<>(List.of("find"));
        option(argv, 6, "-L");
        option(argv, 6, "-H");
        places(argv, 0);
        option(argv, 4, "-depth");
        if (random.nextInt(4) == 0) {
            argv.addAll(List.of("-maxdepth", String.valueOf(random.nextInt(3))));
        }
        expression(argv, 2);
        switch (random.nextInt(5)) {
            case 0 -> argv.add("-print");
            case 1 -> argv.addAll(List.of("-exec", "chmod", one(MODES), "{}", "+"));
            case 2 -> argv.addAll(List.of("-exec", "chown", "-h", one(OWNERS), "{}", ";"));
            case 3 -> argv.add("-prune");
            default -> {
                // printed all the same
            }
        }
        return argv;
    }

    private void expression(List<String> argv, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(5)) {
            case 1 -> {
                argv.add("(");
                expression(argv, depth - 1);
                argv.add(random.nextInt(4) == 0 ? "," : "-o");
                expression(argv, depth - 1);
                argv.add(")");
            }
            case 2 -> {
                argv.add("!");
                expression(argv, depth - 1);
            }
            case 3 -> {
                expression(argv, depth - 1);
                expression(argv, depth - 1);
            }
            default -> argv.addAll(List.of(one(CONDITIONS).split(" ", -1)));
        }
    }

    private void places(List<String> argv, int atLeast) {
        for (int i = atLeast + random.nextInt(3); i > 0; i--) {
            argv.add(one(PLACES));
        }
    }

    private void option(List<String> argv, int oneIn, String option) {
        if (random.nextInt(oneIn) == 0) {
            argv.add(option);
        }
    }

    private String one(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
