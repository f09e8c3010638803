package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.testkit.cluster.FindExpression.Test;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/** What find can ask about an entry. */
final class FindConditions {

    /** Words of GNU's find that the fake one does not know. */
    private static final Syntax SYNTAX = new Syntax(
            "",
            "",
            Map.of(),
            Set.of(
                    ",",
                    "-D",
                    "-H",
                    "-L",
                    "-O",
                    "-amin",
                    "-anewer",
                    "-atime",
                    "-cmin",
                    "-cnewer",
                    "-ctime",
                    "-daystart",
                    "-executable",
                    "-execdir",
                    "-files0-from",
                    "-fls",
                    "-follow",
                    "-fprint",
                    "-fprint0",
                    "-fprintf",
                    "-fstype",
                    "-ignore_readdir_race",
                    "-ilname",
                    "-iname",
                    "-inum",
                    "-ipath",
                    "-iregex",
                    "-links",
                    "-lname",
                    "-ls",
                    "-mmin",
                    "-mtime",
                    "-newer",
                    "-nogroup",
                    "-noleaf",
                    "-nouser",
                    "-ok",
                    "-okdir",
                    "-print0",
                    "-printf",
                    "-readable",
                    "-regex",
                    "-regextype",
                    "-samefile",
                    "-size",
                    "-used",
                    "-warn",
                    "-writable",
                    "-xtype"));

    private FindConditions() {}

    static void requireSupported(String word) {
        SYNTAX.requireSupported("find", word.startsWith("-newer") ? "-newer" : word);
    }

    /** Reads a condition of this name, and its argument. */
    static Test parse(String name, FindArguments arguments) throws FindSyntaxException {
        return switch (name) {
            case "-true" -> visit -> true;
            case "-false" -> visit -> false;
            case "-name" -> {
                Pattern pattern = ShellPattern.compile(arguments.value(name));
                yield visit -> pattern.matcher(visit.operand.name()).matches();
            }
            case "-path", "-wholename" -> {
                Pattern whole = ShellPattern.compile(arguments.value(name));
                yield visit -> whole.matcher(visit.operand.text()).matches();
            }
            case "-user" -> ofUser(is(owner(name, "user", arguments)));
            case "-group" -> ofGroup(is(owner(name, "group", arguments)));
            case "-uid" -> ofUser(number(name, arguments));
            case "-gid" -> ofGroup(number(name, arguments));
            case "-perm" -> perm(arguments.value(name));
            case "-type" -> type(arguments.value(name));
            case "-empty" -> FindConditions::isEmpty;
            default -> {
                requireSupported(name);
                throw new FindSyntaxException("unknown predicate `" + name + "'");
            }
        };
    }

    private static LongPredicate is(long wanted) {
        return id -> id == wanted;
    }

    private static Test ofUser(LongPredicate uid) {
        return visit -> uid.test(visit.file.uid());
    }

    private static Test ofGroup(LongPredicate gid) {
        return visit -> gid.test(visit.file.gid());
    }

    private static Test type(String type) throws FindSyntaxException {
        return switch (type) {
            case "d" -> visit -> visit.file.isDirectory();
            case "f" -> visit -> visit.file.isRegular();
            case "l" -> visit -> visit.file.isLink();
            case "b", "c", "p", "s" -> visit -> false;
            default -> throw new FindSyntaxException("Unknown argument to -type: " + type);
        };
    }

    private static boolean isEmpty(Find.Visit visit) {
        if (visit.file.isRegular()) {
            return visit.file.size() == 0;
        }
        try {
            return visit.file.isDirectory() && Listing.of(visit.operand.path()).isEmpty();
        } catch (IOException e) {
            visit.walk.failed(visit.operand, e);
            return false;
        }
    }

    private static long owner(String name, String what, FindArguments arguments) throws FindSyntaxException {
        String text = arguments.value(name);
        try {
            return OwnerSpec.id(text);
        } catch (NumberFormatException e) {
            throw new FindSyntaxException("invalid " + what + " name or " + (what.equals("user") ? "UID" : "GID")
                    + " argument to " + name + ": '" + text + "'");
        }
    }

    /** {@code N}, {@code +N} for more, {@code -N} for less. */
    private static LongPredicate number(String name, FindArguments arguments) throws FindSyntaxException {
        String text = arguments.value(name);
        boolean hasSign = text.startsWith("+") || text.startsWith("-");
        try {
            long number = Long.parseUnsignedLong(hasSign ? text.substring(1) : text);
            return text.startsWith("+")
                    ? id -> id > number
                    : text.startsWith("-") ? id -> id < number : id -> id == number;
        } catch (NumberFormatException e) {
            throw new FindSyntaxException("invalid argument `" + text + "' to `" + name + "'");
        }
    }

    private static Test perm(String text) throws FindSyntaxException {
        char kind = text.isEmpty() ? ' ' : text.charAt(0);
        String mode = kind == '-' || kind == '/' ? text.substring(1) : text;
        Optional<FileMode> parsed = FileMode.parse(mode);
        if (parsed.isEmpty()) {
            throw new FindSyntaxException("invalid mode `" + text + "'");
        }
        // A mode counts from nothing on, whatever the umask.
        int bits = parsed.get().applyTo(0, false, 0);
        return switch (kind) {
            case '-' -> visit -> (visit.file.mode() & bits) == bits;
            case '/' -> visit -> bits == 0 || (visit.file.mode() & bits) != 0;
            default -> visit -> visit.file.permissions() == bits;
        };
    }
}
