package com.cocalc.storage.kubernetes.preflight;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What {@code mount.nfs}, CSI drivers and the kubelet say about a server, a device or an export. */
final class ServerTexts {

    private static final List<Known> KNOWN = List.of(
            new Known("access denied by server", ExportCause.AccessDenied::new),
            new Known("stale nfs file handle", ExportCause.StaleHandle::new),
            new Known("stale file handle", ExportCause.StaleHandle::new),
            new Known("multi-attach error", VolumeUseCause.MultiAttach::new),
            new Known("can only be attached to one node", VolumeUseCause.MultiAttach::new),
            new Known("reason given by server: no such file or directory", ExportCause.MissingExport::new),
            new Known("an incorrect mount option was specified", NodeCause.BadOption::new),
            new Known("requested nfs version or transport protocol is not supported", NodeCause.BadOption::new),
            new Known("mount.nfs: invalid argument", NodeCause.BadOption::new),
            new Known("mount.nfs: protocol not supported", NodeCause.BadOption::new),
            new Known("need a /sbin/mount.", NodeCause.NoNfsClient::new),
            new Known("unknown filesystem type 'nfs", NodeCause.NoNfsClient::new),
            new Known("no route to host", ExportCause.ServerUnreachable::new),
            new Known("connection refused", ExportCause.ServerUnreachable::new),
            new Known("connection timed out", ExportCause.ServerUnreachable::new),
            new Known("failed to resolve server", ExportCause.ServerUnreachable::new),
            new Known("network is unreachable", ExportCause.ServerUnreachable::new),
            new Known("applyfsgroup failed", ExportCause.FsGroupRefused::new),
            new Known("has volumemode block", VolumeUseCause.BlockVolume::new));

    private ServerTexts() {}

    static Optional<MountCause> find(Symptom symptom, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (Known known : KNOWN) {
            if (lower.contains(known.text)) {
                return Optional.of(known.cause.apply(symptom));
            }
        }
        return Optional.empty();
    }

    private record Known(String text, Function<Symptom, MountCause> cause) {}
}
