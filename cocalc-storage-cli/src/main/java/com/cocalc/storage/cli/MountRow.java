package com.cocalc.storage.cli;

import com.cocalc.storage.StorageMount;
import com.cocalc.storage.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount as it is printed: its fields are those of the JSON, in this order, and the headings of the text.
 *
 * @param claim the claim
 * @param subPath which part of it
 * @param pathInThePod where it is in the pod
 * @param access what it lets do
 */
record MountRow(String claim, String subPath, String pathInThePod, String access) {

    static MountRow of(StorageMount mount) {
        return new MountRow(
                mount.claim().toString(),
                mount.part().toString(),
                mount.mountPath().toString(),
                mount.access().toString());
    }

    /** The mounts for people. */
    static String table(List<StorageMount> mounts, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CLAIM", "SUB-PATH", "PATH IN THE POD", "ACCESS"));
        for (StorageMount mount : mounts) {
            MountRow row = of(mount);
            rows.add(List.of(row.claim, row.subPath, row.pathInThePod, row.access));
        }
        return Table.of(rows, width);
    }
}
