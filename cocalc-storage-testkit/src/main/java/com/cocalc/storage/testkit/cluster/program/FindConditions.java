package com.cocalc.storage.testkit.cluster.program;

import com.cocalc.storage.testkit.cluster.program.FindExpression.Test;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** What find can ask about an entry. */
final class FindConditions {

    /** Words of GNU's find that the fake one does not know. */
    private static final Syntax SYNTAX = new Syntax(
            "",
            "",
            Map.of(),
            Set.of(
                    "-D",
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
                    "-newerXY",
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
                    "-used",
                    "-warn",
                    "-writable",
                    "-xtype"));

    private FindConditions() {}

    static void requireSupported(String word) {
        boolean isLevel = word.startsWith("-O");
        SYNTAX.requireSupported("find", isLevel ? "-O" : word.startsWith("-newer") ? "-newerXY" : word);
    }

    /** Reads a condition of this name, and its argument. */
    static Test parse(String name, FindArguments arguments, FindReference reference) throws FindSyntaxException {
        return switch (name) {
            case "-true" -> visit -> true;
            case "-false" -> visit -> false;
            case "-name" -> {
                Predicate<String> pattern = ShellPattern.compile(arguments.value(name));
                yield visit -> pattern.test(visit.operand.name());
            }
            case "-path", "-wholename" -> {
                Predicate<String> whole = ShellPattern.compile(arguments.value(name));
                yield visit -> whole.test(visit.operand.text());
            }
            case "-user" -> ofUser(is(owner(name, "user", arguments)));
            case "-group" -> ofGroup(is(owner(name, "group", arguments)));
            case "-uid" -> ofUser(number(name, arguments));
            case "-gid" -> ofGroup(number(name, arguments));
            case "-perm" -> perm(arguments.value(name));
            case "-type" -> type(arguments.value(name));
            case "-empty" -> FindConditions::isEmpty;
            case "-size" -> size(arguments.value(name));
            case "-newer" -> {
                FileTime than = reference.lastModified(arguments.value(name));
                yield about(file -> file.lastModified().compareTo(than) > 0);
            }
            default -> {
                requireSupported(name);
                throw new FindSyntaxException("unknown predicate `" + name + "'");
            }
        };
    }

    private static LongPredicate is(long wanted) {
        return id -> id == wanted;
    }

    /** What cannot be looked at has none of all properties. */
    private static Test about(Predicate<UnixFile> condition) {
        return visit -> visit.file != null && condition.test(visit.file);
    }

    private static Test ofUser(LongPredicate uid) {
        return about(file -> uid.test(file.uid()));
    }

    private static Test ofGroup(LongPredicate gid) {
        return about(file -> gid.test(file.gid()));
    }

    /** {@code N} blocks of 512 bytes, or of what a letter says; a block that was begun counts. */
    private static Test size(String text) throws FindSyntaxException {
        if (text.isEmpty()) {
            throw new FindSyntaxException("invalid null argument to -size");
        }
        char last = text.charAt(text.length() - 1);
        boolean hasUnit = last < '0' || last > '9';
        long unit = switch (last) {
            case 'c' -> 1;
            case 'w' -> 2;
            case 'k' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 512;
        };
        if (hasUnit && "bcwkMG".indexOf(last) < 0) {
            throw new FindSyntaxException("invalid -size type `" + last + "'");
        }
        LongPredicate blocks;
        try {
            blocks = number(hasUnit ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException e) {
            throw new FindSyntaxException("Invalid argument `" + text + "' to -size");
        }
        return about(file -> blocks.test((file.size() + unit - 1) / unit));
    }

    private static Test type(String type) throws FindSyntaxException {
        return switch (type) {
            case "d" -> about(UnixFile::isDirectory);
            case "f" -> about(UnixFile::isRegular);
            case "l" -> about(UnixFile::isLink);
            case "b", "c", "p", "s" -> visit -> false;
            default -> throw new FindSyntaxException("Unknown argument to -type: " + type);
        };
    }

    private static boolean isEmpty(Find.Visit visit) {
        UnixFile file = visit.file;
        if (file == null || file.isRegular()) {
            return file != null && file.size() == 0;
        }
        try {
            return file.isDirectory() && Listing.of(visit.operand.path()).isEmpty();
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

    private static LongPredicate number(String name, FindArguments arguments) throws FindSyntaxException {
        String text = arguments.value(name);
        try {
            return number(text);
        } catch (NumberFormatException e) {
            throw new FindSyntaxException("invalid argument `" + text + "' to `" + name + "'");
        }
    }

    /** {@code N}, {@code +N} for more, {@code -N} for less. */
    private static LongPredicate number(String text) {
        boolean hasSign = text.startsWith("+") || text.startsWith("-");
        long number = Long.parseUnsignedLong(hasSign ? text.substring(1) : text);
        return text.startsWith("+")
                ? value -> value > number
                : text.startsWith("-") ? value -> value < number : value -> value == number;
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
            case '-' -> about(file -> (file.mode() & bits) == bits);
            case '/' -> about(file -> bits == 0 || (file.mode() & bits) != 0);
            default -> about(file -> file.permissions() == bits);
        };
    }
}
