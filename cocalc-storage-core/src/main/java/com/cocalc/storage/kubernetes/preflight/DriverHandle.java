package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.MessageText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Handles of CSI drivers that tell a file system and a directory within it. */
final class DriverHandle {

    /** An address, as BeeGFS has it. */
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]{0,30})://([^/]{1,253})(/.{0,4096})?");

    private static final Pattern WEKA = Pattern.compile("(?:dir/v1|fs/v1|weka/v2)/([^/]{1,300})(/.{0,4096})?");

    /** Of a cluster and a file system; a format of today has other fields between these and the path. */
    private static final Pattern SCALE =
            Pattern.compile("(?:\\d+;\\d+;)?([^;]{1,100};[^;]{1,100});(?:[^;]{0,300};){0,3}?(?:path=)?(/[^;]{0,4096})");

    private static final Pattern QUOBYTE = Pattern.compile("([^|]{0,300}\\|[^|]{1,300})(?:\\|(.{0,4096}))?");

    /** What the driver knows a storage by, for Lustre its servers, and a directory of it. */
    private static final Pattern WITH_PATH = Pattern.compile("([^/]{1,300}):(/.{0,4096})");

    private DriverHandle() {}

    /** The place that a handle tells, or null where it does not. */
    static @Nullable VolumePlace find(String driver, String handle, ServerNames names) {
        return switch (driver) {
            case "csi.weka.io" -> within("Weka file system ", WEKA.matcher(handle));
            case "spectrumscale.csi.ibm.com" -> within("Storage Scale file system ", SCALE.matcher(handle));
            case "csi.quobyte.com" -> within("Quobyte volume ", QUOBYTE.matcher(handle));
            case "fss.csi.oraclecloud.com" -> ofOracle(handle, names);
            case "nfs.csi.k8s.io" -> ofNfs(handle, names);
            default -> {
                VolumePlace address = ofAddress(ADDRESS.matcher(handle), names);
                yield address == null ? within(driver + " storage ", WITH_PATH.matcher(handle)) : address;
            }
        };
    }

    private static @Nullable VolumePlace within(String kind, Matcher handle) {
        return handle.matches()
                ? VolumePlace.of(
                        kind + MessageText.quoted(handle.group(1)), handle.group(2) == null ? "/" : handle.group(2))
                : null;
    }

    private static @Nullable VolumePlace ofAddress(Matcher address, ServerNames names) {
        return address.matches()
                ? VolumePlace.ofServer(
                        address.group(1),
                        names.serverOf(address.group(2)),
                        address.group(3) == null ? "/" : address.group(3))
                : null;
    }

    /** The driver's handle is {@code id:address:/path}. */
    private static @Nullable VolumePlace ofOracle(String handle, ServerNames names) {
        String[] parts = handle.split(":", 3);
        return parts.length == 3 ? VolumePlace.ofServer("NFS", names.serverOf(parts[1]), parts[2]) : null;
    }

    /** The driver's handle is {@code server#share#directory#…}. */
    private static @Nullable VolumePlace ofNfs(String handle, ServerNames names) {
        String[] parts = handle.split("#", -1);
        return parts.length > 2
                ? VolumePlace.ofServer("NFS", names.serverOf(parts[0]), "/" + parts[1] + "/" + parts[2])
                : null;
    }
}
