package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.Capability;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The user that acts on a mount: after squashing, as the server sees it. */
public final class Credentials {
    final int uid;
    final int gid;
    final int umask;
    private final int[] groups;
    private final Set<Capability> capabilities;

    public Credentials(long uid, long gid, long[] groups, int umask, Set<Capability> capabilities) {
        this.uid = (int) uid;
        this.gid = (int) gid;
        this.groups =
                Arrays.stream(groups).mapToInt(group -> (int) group).sorted().toArray();
        this.umask = umask & 0777;
        EnumSet<Capability> copy = EnumSet.noneOf(Capability.class);
        copy.addAll(capabilities);
        this.capabilities = copy;
    }

    /** Root of the machine, with every capability. */
    static Credentials superuser(int umask) {
        return new Credentials(0, 0, new long[0], umask, EnumSet.allOf(Capability.class));
    }

    boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    boolean isInGroup(int group) {
        return gid == group || (groups.length > 0 && Arrays.binarySearch(groups, group) >= 0);
    }
}
