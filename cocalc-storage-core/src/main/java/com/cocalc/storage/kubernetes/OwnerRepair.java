package com.cocalc.storage.kubernetes;

import com.cocalc.storage.HomeOwnership.Walk;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PosixIdentity;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that make the project's user the owner of directories, for GNU findutils and coreutils and for busybox.
 *
 * <p>There is no shell, so no file name can become a command or an option: every name starts with the mount path.
 * Symbolic links themselves are changed and never followed, and other file systems are not entered.
 */
final class OwnerRepair {

    private OwnerRepair() {}

    /**
     * Returns the command that repairs a home, its own entry last.
     *
     * <p>The command names the home twice, in two spellings. The first one changes nothing, and the walk ends there if
     * the home is right, unless everything is walked. The second one comes after everything below the first, is changed
     * and is not entered again. So an interrupted repair leaves a home that is still wrong, and the next start repeats
     * it. ({@code -depth} would also put the home last, but makes busybox enter other file systems.)
     *
     * <p>Set-uid and set-gid files of a third owner keep their owner: a change of the owner clears these bits, which
     * the kernel allows only to the owner and to CAP_FOWNER, and one refusal would keep the project from starting.
     */
    static List<String> argv(MountPath home, PosixIdentity owner, Walk walk) {
        String first = home.value();
        String second = first + "/.";
        List<String> argv = new ArrayList<>(List.of("find", first, second, "-xdev"));
        if (walk == Walk.WHEN_HOME_DIFFERS) {
            argv.addAll(List.of("-path", pattern(first), "-user", uid(owner), "-group", gid(owner), "-quit", "-o"));
        }
        argv.addAll(List.of("!", "-path", pattern(first)));
        argv.addAll(List.of("(", "!", "-path", pattern(first) + "/.", "-o", "-prune", ")"));
        argv.addAll(List.of("(", "!", "-user", uid(owner), "-o", "!", "-group", gid(owner), ")"));
        argv.addAll(List.of("(", "!", "-type", "f", "-o", "-user", "0"));
        argv.addAll(List.of("-o", "!", "-perm", "-4000", "!", "-perm", "-2000", ")"));
        argv.addAll(List.of("-exec", "chown", "-h", owner.toString(), "{}", "+"));
        return argv;
    }

    /**
     * Returns the command that changes only the directories themselves, which become writable for their owner and
     * readable for all.
     */
    static List<String> themselves(List<MountPath> directories, PosixIdentity owner) {
        List<String> argv = new ArrayList<>(List.of("find"));
        directories.forEach(directory -> argv.add(directory.value()));
        argv.add("-prune");
        argv.addAll(List.of("-exec", "chown", "-h", owner.toString(), "{}", "+"));
        argv.addAll(List.of("-exec", "chmod", "u+rwx,go+rx", "{}", "+"));
        return argv;
    }

    // -uid and -gid do not exist in busybox; -user and -group take numbers in both.
    private static String uid(PosixIdentity owner) {
        return Long.toString(owner.uid());
    }

    private static String gid(PosixIdentity owner) {
        return Long.toString(owner.gid());
    }

    /** Returns a pattern that {@code -path} takes literally. */
    private static String pattern(String path) {
        StringBuilder pattern = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == '\\') {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }
}
