package com.cocalc.storage.testkit.cluster.program;

import java.util.ArrayList;
import java.util.List;
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
            "-path home/s*",
            "-path *[!e]",
            "-perm -0200",
            "-perm -4000",
            "-perm -u+w");

    private final SplittableRandom random;

    RandomCommandLine(long seed) {
        this.random = new SplittableRandom(seed);
    }

    List<String> next() {
        return switch (random.nextInt(5)) {
            case 0 -> chown();
            case 1 -> chmod();
            case 2 -> mkdir();
            default -> find();
        };
    }

    private List<String> chown() {
        List<String> argv = new ArrayList<>(List.of("chown"));
        option(argv, 3, "-h");
        argv.add(one(OWNERS));
        places(argv, 1);
        return argv;
    }

    private List<String> chmod() {
        List<String> argv = new ArrayList<>(List.of("chmod"));
        argv.add(one(MODES));
        places(argv, 1);
        return argv;
    }

    private List<String> mkdir() {
        List<String> argv = new ArrayList<>(List.of("mkdir"));
        option(argv, 2, "-p");
        places(argv, 1);
        return argv;
    }

    private List<String> find() {
        List<String> argv = new ArrayList<>(List.of("find"));
        places(argv, 1);
        option(argv, 4, "-xdev");
        if (random.nextInt(4) == 0) {
            argv.addAll(List.of("-path", one(List.of("home/closed", "home/shared", "home", "tmp")), "-prune", "-o"));
        }
        expression(argv, 2);
        switch (random.nextInt(3)) {
            case 0 -> argv.addAll(List.of("-exec", "chmod", one(MODES), "{}", "+"));
            case 1 -> argv.addAll(List.of("-prune", "-exec", "chown", "-h", one(OWNERS), "{}", "+"));
            default -> argv.addAll(List.of("-exec", "chown", "-h", one(OWNERS), "{}", "+"));
        }
        return argv;
    }

    private void expression(List<String> argv, int depth) {
        switch (depth == 0 ? 0 : random.nextInt(5)) {
            case 1 -> {
                argv.add("(");
                expression(argv, depth - 1);
                argv.add("-o");
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
