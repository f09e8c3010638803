package com.cocalc.storage.rwx;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Who acts on a mount: after squashing, as the server sees it. */
final class Credentials {
    final int uid;
    final int gid;
    final int umask;
    private final int[] groups;
    private final int capabilities;

    Credentials(long uid, long gid, long[] groups, int umask, Set<Capability> capabilities) {
        this.uid = (int) uid;
        this.gid = (int) gid;
        this.groups =
                Arrays.stream(groups).mapToInt(group -> (int) group).sorted().toArray();
        this.umask = umask & 0777;
        int bits = 0;
        for (Capability capability : capabilities) {
            bits |= capability.bit();
        }
        this.capabilities = bits;
    }

    /** Root of the machine, with every capability. */
    static Credentials superuser(int umask) {
        return new Credentials(0, 0, new long[0], umask, EnumSet.allOf(Capability.class));
    }

    boolean has(Capability capability) {
        return (capabilities & capability.bit()) != 0;
    }

    boolean isInGroup(int group) {
        return gid == group || (groups.length > 0 && Arrays.binarySearch(groups, group) >= 0);
    }
}
