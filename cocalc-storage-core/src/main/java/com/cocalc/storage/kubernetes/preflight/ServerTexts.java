package com.cocalc.storage.kubernetes.preflight;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code mount.nfs}, CSI drivers and the kubelet say about a server, a device or an export. */
final class ServerTexts {

    /** The words of a program that mounts, and not of whatever else fails on the way. */
    private static final String MOUNT = "(?:mount\\.[a-z0-9]{1,9}:|mount:|mount error|system call failed)[^\n]{0,300}";

    /** The first that is found counts: what names its place goes before words that many say. */
    private static final List<Known> KNOWN = List.of(
            known("dial unix ", NodeCause.DriverSilent::new),
            known("access denied by server", ExportCause.AccessDenied::new),
            known("stale (?:nfs )?file handle", ExportCause.StaleHandle::new),
            known("multi-attach error", VolumeUseCause.MultiAttach::new),
            known("can only be attached to one node", VolumeUseCause.MultiAttach::new),
            known("volume attachment is being deleted", VolumeUseCause.AttachmentBeingDeleted::new),
            known("reason given by server: no such file or directory", ExportCause.MissingExport::new),
            known("mount error\\(2\\)", ExportCause.MissingExport::new),
            known("rpc\\.statd is not running", NodeCause.StatdMissing::new),
            known("an incorrect mount option was specified", NodeCause.BadOption::new),
            known("requested nfs version or transport protocol is not supported", NodeCause.BadOption::new),
            known("mount\\.nfs4?: invalid argument", NodeCause.BadOption::new),
            known("mount\\.nfs4?: protocol not supported", NodeCause.BadOption::new),
            known(MOUNT + "protocol not available", ExportCause.ProtocolUnavailable::new),
            known("no mds ", ExportCause.NoMetadataServer::new),
            known("no route to host", ExportCause.ServerUnreachable::new),
            known("host is down", ExportCause.ServerUnreachable::new),
            known("connection refused", ExportCause.ServerUnreachable::new),
            known("connection timed out", ExportCause.ServerUnreachable::new),
            known("failed to resolve (?:server|\"fs-)", ExportCause.ServerUnreachable::new),
            known("network is unreachable", ExportCause.ServerUnreachable::new),
            known("applyfsgroup failed.{0,2000}no such file or directory", ExportCause.FilesWentAway::new),
            known("applyfsgroup failed.{0,2000}(?:not permitted|permission denied)", ExportCause.FsGroupRefused::new),
            known("input/output error", ExportCause.InputOutput::new),
            known("no locks available", ExportCause.NoLocks::new),
            known("resource busy|is busy or already mounted|already mounted or mount point busy", NodeCause.Busy::new),
            known(MOUNT + "permission denied", ExportCause.PermissionDenied::new),
            known(MOUNT + "operation not permitted", ExportCause.NotPermitted::new),
            known("has volumemode block", VolumeUseCause.BlockVolume::new));

    private static final Pattern NO_HELPER =
            Pattern.compile("need a /sbin/mount\\.|unknown filesystem type|filesystem not supported by the system"
                    + "|mount\\.[a-z0-9]{1,9}\\\\?\"?: (?:executable file )?not found");
    private static final String KINDS = "(nfs4?|cifs|efs|ceph|smb3?|glusterfs|lustre)\\b";
    private static final Pattern NAMED_KIND = Pattern.compile("(?:type '|mount\\.|error: )" + KINDS);
    private static final Pattern ASKED_KIND = Pattern.compile("-t " + KINDS);

    private ServerTexts() {}

    static Optional<MountCause> find(Symptom symptom, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (NO_HELPER.matcher(lower).find()) {
            Matcher named = NAMED_KIND.matcher(lower);
            Matcher asked = ASKED_KIND.matcher(lower);
            String kind = named.find() ? named.group(1) : asked.find() ? asked.group(1) : "nfs";
            return Optional.of(
                    kind.startsWith("nfs")
                            ? new NodeCause.NoNfsClient(symptom)
                            : new NodeCause.NoMountProgram(kind, symptom));
        }
        for (Known known : KNOWN) {
            if (known.text.matcher(lower).find()) {
                return Optional.of(known.cause.apply(symptom));
            }
        }
        return Optional.empty();
    }

    private static Known known(String text, Function<Symptom, MountCause> cause) {
        return new Known(Pattern.compile(text, Pattern.DOTALL), cause);
    }

    private record Known(Pattern text, Function<Symptom, MountCause> cause) {}
}
