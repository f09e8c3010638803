package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.FindExpression.Test;
import java.util.regex.Pattern;

/** What find can ask about an entry. */
final class FindConditions {

    private FindConditions() {}

    /** Reads a condition of this name, and its argument. */
    static Test parse(String name, FindArguments arguments) throws FindSyntaxException {
        return switch (name) {
            case "-true" -> visit -> true;
            case "-false" -> visit -> false;
            case "-name" -> {
                Pattern pattern = ShellPattern.compile(arguments.value(name));
                yield visit -> pattern.matcher(String.valueOf(visit.path.getFileName()))
                        .matches();
            }
            case "-path", "-wholename" -> {
                Pattern whole = ShellPattern.compile(arguments.value(name));
                yield visit -> whole.matcher(visit.text).matches();
            }
            case "-user", "-uid" -> {
                long uid = owner(name, "user", arguments);
                yield visit -> visit.file.uid() == uid;
            }
            case "-group", "-gid" -> {
                long gid = owner(name, "group", arguments);
                yield visit -> visit.file.gid() == gid;
            }
            case "-perm" -> perm(arguments.value(name));
            case "-type" -> type(arguments.value(name));
            default -> throw new FindSyntaxException("unknown predicate `" + name + "'");
        };
    }

    private static Test type(String type) throws FindSyntaxException {
        return switch (type) {
            case "d" -> visit -> visit.file.isDirectory();
            case "f" -> visit -> visit.file.isRegular();
            case "l" -> visit -> visit.file.isLink();
            default -> throw new FindSyntaxException("Unknown argument to -type: " + type);
        };
    }

    private static long owner(String name, String what, FindArguments arguments) throws FindSyntaxException {
        String text = arguments.value(name);
        try {
            long id = Chown.OwnerSpec.id(text);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below, as for an empty name.
        }
        throw new FindSyntaxException("invalid " + what + " name or " + (what.equals("user") ? "UID" : "GID")
                + " argument to " + name + ": '" + text + "'");
    }

    private static Test perm(String text) throws FindSyntaxException {
        char kind = text.isEmpty() ? ' ' : text.charAt(0);
        String octal = kind == '-' || kind == '/' ? text.substring(1) : text;
        try {
            int bits = Integer.parseInt(octal, 8);
            if (kind == '-') {
                return visit -> (visit.file.mode() & bits) == bits;
            }
            return kind == '/'
                    ? visit -> bits == 0 || (visit.file.mode() & bits) != 0
                    : visit -> visit.file.permissions() == bits;
        } catch (NumberFormatException e) {
            throw new FindSyntaxException("invalid mode `" + text + "'");
        }
    }
}
