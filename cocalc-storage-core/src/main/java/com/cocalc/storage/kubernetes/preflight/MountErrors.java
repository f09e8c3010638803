package com.cocalc.storage.kubernetes.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What mount.cifs, mount.ceph and ceph-fuse mean by the number of an error, which is the same in all languages. */
final class MountErrors {

    private static final Pattern NUMBER = Pattern.compile(
            "mount error ?\\((\\d{1,3})\\):|mount error (\\d{1,3}) =|ceph mount failed with \\((\\d{1,3})\\)",
            Pattern.CASE_INSENSITIVE);

    private static final int NO_METADATA_SERVER = 5;

    /**
     * The kernel's numbers. A share that is missing is 2, for SMB 1 it is 6, and 78 where it was removed. A number that
     * can mean anything is not here: 5 is what the kernel makes of most of what an SMB server says.
     */
    private static final Map<Integer, CauseKind> KINDS = Map.ofEntries(
            Map.entry(1, CauseKind.PERMISSION_DENIED),
            Map.entry(2, CauseKind.EXPORT_MISSING),
            Map.entry(6, CauseKind.EXPORT_MISSING),
            Map.entry(13, CauseKind.PERMISSION_DENIED),
            Map.entry(16, CauseKind.BUSY),
            Map.entry(22, CauseKind.BAD_OPTION),
            Map.entry(28, CauseKind.STORAGE_FULL),
            Map.entry(78, CauseKind.EXPORT_MISSING),
            Map.entry(93, CauseKind.PROTOCOL_UNAVAILABLE),
            Map.entry(95, CauseKind.PROTOCOL_UNAVAILABLE),
            Map.entry(101, CauseKind.SERVER_UNREACHABLE),
            Map.entry(102, CauseKind.SERVER_UNREACHABLE),
            Map.entry(103, CauseKind.SERVER_UNREACHABLE),
            Map.entry(104, CauseKind.SERVER_UNREACHABLE),
            Map.entry(110, CauseKind.SERVER_UNREACHABLE),
            Map.entry(111, CauseKind.SERVER_UNREACHABLE),
            Map.entry(112, CauseKind.SERVER_UNREACHABLE),
            Map.entry(113, CauseKind.SERVER_UNREACHABLE),
            Map.entry(115, CauseKind.SERVER_UNREACHABLE),
            Map.entry(122, CauseKind.STORAGE_FULL),
            Map.entry(126, CauseKind.PERMISSION_DENIED),
            Map.entry(127, CauseKind.PERMISSION_DENIED),
            Map.entry(128, CauseKind.PERMISSION_DENIED),
            Map.entry(129, CauseKind.PERMISSION_DENIED));

    private MountErrors() {}

    static Optional<CauseKind> find(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.find()) {
            return Optional.empty();
        }
        boolean isSmb = number.group(1) != null;
        String digits = isSmb ? number.group(1) : number.group(2) != null ? number.group(2) : number.group(3);
        int error = Integer.parseInt(digits);
        if (error == NO_METADATA_SERVER && !isSmb) {
            return Optional.of(CauseKind.NO_METADATA_SERVER);
        }
        return Optional.ofNullable(KINDS.get(error));
    }
}
