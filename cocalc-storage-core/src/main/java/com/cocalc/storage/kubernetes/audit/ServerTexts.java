package com.cocalc.storage.kubernetes.audit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What {@code mount.nfs}, CSI drivers and the kubelet say about a server, a device or an export. */
final class ServerTexts {

    private static final List<Known> KNOWN = List.of(
            new Known("access denied by server", MountCause.AccessDenied::new),
            new Known("stale nfs file handle", MountCause.StaleHandle::new),
            new Known("stale file handle", MountCause.StaleHandle::new),
            new Known("multi-attach error", MountCause.MultiAttach::new),
            new Known("can only be attached to one node", MountCause.MultiAttach::new),
            new Known("reason given by server: no such file or directory", MountCause.MissingExport::new),
            new Known("an incorrect mount option was specified", MountCause.BadOption::new),
            new Known("requested nfs version or transport protocol is not supported", MountCause.BadOption::new),
            new Known("mount.nfs: invalid argument", MountCause.BadOption::new),
            new Known("mount.nfs: protocol not supported", MountCause.BadOption::new),
            new Known("need a /sbin/mount.", MountCause.NoNfsClient::new),
            new Known("unknown filesystem type 'nfs", MountCause.NoNfsClient::new),
            new Known("no route to host", MountCause.ServerUnreachable::new),
            new Known("connection refused", MountCause.ServerUnreachable::new),
            new Known("connection timed out", MountCause.ServerUnreachable::new),
            new Known("failed to resolve server", MountCause.ServerUnreachable::new),
            new Known("network is unreachable", MountCause.ServerUnreachable::new),
            new Known("applyfsgroup failed", MountCause.FsGroupRefused::new),
            new Known("has volumemode block", MountCause.BlockVolume::new));

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
