package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.preflight.KnownText.Found;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What programs that mount, CSI drivers and the kubelet say about a server, a node or an export. */
final class ServerTexts {

    /** A directory of the kubelet may end in the word as well. */
    private static final String PROGRAM = "(?:mount\\.[a-z0-9]{1,9}:|(?<![a-z/])mount:|mount error|system call failed"
            + "|ceph mount failed|0-glusterfs[a-z-]{0,9}:)";

    private static final String SERVER_PATH = "[^\\s/]{1,253}:/[^\\s]{0,1000}";

    /** The words of a program that mounts, and not of whatever else fails on the way. */
    private static final String MOUNT = PROGRAM + "[^\n]{0,300}";

    /** The same, or a directory of the kubelet that is mounted already. */
    private static final String MOUNTED = "(?:" + PROGRAM + "|/kubelet/)(?:(?!https?://)[^\n]){0,600}";

    /** What the kernel says of a server that does not answer. */
    static final String SILENT = "no route to host|host is (?:down|unreachable)|connection refused"
            + "|(?:connection|operation) timed out|connection reset by peer|network (?:is )?unreachable";

    /** What the kernel says of a mount whose other side is gone. */
    static final String BROKEN =
            "transport endpoint is not connected|cannot send after (?:transport endpoint|socket) shutdown";

    /** By the rules of CSI, what a driver does not find at a mount or attachment is the volume, if not the node. */
    private static final String NOT_FOUND_AT_ALL =
            "code = NotFound desc = (?![^\n]{0,600}\\b(?:node|nodeclass|instance|vm|pod|secrets?|snapshot|backup|device"
                    + "|path|mount|mounted|target|server)\\b)[^\n]{0,600}(?:n[o']t (?:find|found|exist)|missing)";

    private static final List<KnownText> KNOWN = List.of(
            KnownText.of(
                    "dial unix[ :]|code = Unavailable desc = (?:error reading from server|transport is closing|closing transport)"
                            + "|error reading server preface|before server preface|client connection is closing",
                    CauseKind.DRIVER_SILENT),
            KnownText.of("access denied by server", CauseKind.ACCESS_DENIED),
            KnownText.of("stale (?:nfs )?file handle", CauseKind.STALE_HANDLE),
            KnownText.of(
                    "(?:mount\\.(?:nfs4?|lustre):|mount error|remote-host)[^\n]{0,300}(?:" + BROKEN + ")",
                    CauseKind.SERVER_UNREACHABLE),
            KnownText.of(BROKEN + "|mkdir [^ ]{0,1000}/kubelet/[^ ]{1,1000}: file exists", CauseKind.MOUNT_BROKEN),
            KnownText.of(
                    "attachvolume\\.attach failed[^\n]{0,1500}(?:max(?:imum)?[^\n]{0,60}(?:volumes|disks|attach)"
                            + "|attach(?:ed|ment)s? ?limit|limit (?:of )?attach)",
                    CauseKind.TOO_MANY_VOLUMES),
            KnownText.of(
                    "multi-attach error|can only be attached to one node|resource_in_use_by_another_resource"
                            + "|(?:already|currently) attached to (?:the |an? )?(?:another |different )?(?:node|instance|server|host|vm)\\b"
                            + "|attached (?:to|on) (?:a )?(?:another|different) (?:node|instance|host|server)",
                    CauseKind.MULTI_ATTACH),
            KnownText.of("volume attachment is being deleted", CauseKind.ATTACHMENT_BEING_DELETED),
            KnownText.of(
                    "node(?:stage|publish)secretref [^\n]{0,300} failed|(?:from|in) node (?:stage|publish) secrets?\\b"
                            + "|(?:couldn't|could not|cannot|failed to) (?:get|find)"
                            + " (?:the )?secret|(?:no (?:key|data)|not) (?:found )?in secret|missing [^\n]{0,80} in secrets"
                            + "|(?:stage|publish|provided) secrets? (?:cannot be|is|are) (?:nil or )?empty"
                            + "|rpc error: [^\n]{0,1000}secrets? \\\\?\"[^\"\n]{1,300}\" not found"
                            + "|unable to read secretfile|error reading secret file",
                    CauseKind.VOLUME_SECRET_MISSING),
            KnownText.of(
                    "reason given by server: no such file or directory|mount: mounting " + SERVER_PATH
                            + " on [^\n]{0,1000} failed: no such file or directory"
                            + "|sharenotfound|the specified share does not exist|is the mgs specification correct",
                    CauseKind.EXPORT_MISSING),
            KnownText.of("rpc\\.statd is not running", CauseKind.STATD_MISSING),
            KnownText.of(
                    "requested nfs version or transport protocol is not supported|" + MOUNT
                            + "(?:protocol not (?:available|supported)|program not registered|program/version mismatch)",
                    CauseKind.PROTOCOL_UNAVAILABLE),
            KnownText.of(
                    "an incorrect mount option was specified|" + MOUNT
                            + "(?:invalid argument(?!\\s+this may have multiple causes)|parsing error on|unknown parameter '"
                            + "|unsupported nfs mount option)|\\bbad option (?:uid|gid|cruid)=|option requires \"tls\"",
                    CauseKind.BAD_OPTION),
            KnownText.of("no mds ", CauseKind.NO_METADATA_SERVER),
            KnownText.of(
                    MOUNTED + "(?:" + SILENT
                            + "|software caused connection abort|operation now in progress|could not resolve address"
                            + "|could not connect to"
                            + "|timed out, (?:giving up|retrying))|mount\\.[a-z0-9]{1,9}:[^\n]{0,300} timed out",
                    CauseKind.SERVER_UNREACHABLE),
            KnownText.of(
                    "failed to resolve (?:server|\"fs-)|dns resolution failed for |mount: bad address '|is the mgs running|0-glusterfs: dns resolution failed"
                            + "|cannot connect to (?:nfs|nas) host"
                            + "|cannot connect to file system mount target"
                            + "|mount target ip address cannot be found|unable to find suitable address"
                            + "|port ?map(?:per failure| query failed)|rados: ret=-110|mount attempt \\d{1,3}/\\d{1,3} failed due to timeout",
                    CauseKind.SERVER_UNREACHABLE),
            KnownText.of("setting volume ownership for ", CauseKind.FS_GROUP_SLOW),
            KnownText.of("applyfsgroup failed.{0,2000}no such file or directory", CauseKind.FILES_WENT_AWAY),
            KnownText.of(
                    "applyfsgroup failed.{0,2000}(?:not permitted|permission denied|invalid argument)",
                    CauseKind.FS_GROUP_REFUSED),
            KnownText.of("input/output error", CauseKind.INPUT_OUTPUT_ERROR),
            KnownText.of("no locks available", CauseKind.NO_LOCKS),
            KnownText.of(
                    "resource busy|is busy or already mounted|already mounted or mount point busy"
                            + "|operation with the given volume(?: id)? [^\n]{0,600}already exists"
                            + "|code = Aborted [^\n]{0,600}(?: in progress|already (?:an operation|being processed|pending))",
                    CauseKind.BUSY),
            KnownText.of(
                    MOUNT + "permission denied|rados: ret=-13|rados: ret=-1,|rados permission error",
                    CauseKind.PERMISSION_DENIED),
            KnownText.of(MOUNT + "operation not permitted", CauseKind.NOT_PERMITTED),
            KnownText.of("has volumemode block", CauseKind.BLOCK_VOLUME),
            KnownText.of(
                    "has volumemode filesystem, but is specified in volumedevices", CauseKind.FILESYSTEM_AS_DEVICE),
            KnownText.of("no volume plugin matched", CauseKind.NO_VOLUME_PLUGIN),
            KnownText.of("not supported by driver ([^ ]{1,300}) \\(no csidriver object\\)", CauseKind.NO_DRIVER),
            KnownText.of("not supported by driver [^ ]{1,300} \\(only supports ", CauseKind.VOLUME_REFUSED),
            KnownText.of("nodeaffinity check failed|no matching nodeselectorterms", CauseKind.OTHER_ZONE),
            KnownText.of(
                    "hostpath type check failed|initialization failed for volume [^\n]{0,300}: path [^\n]{0,1000} does not"
                            + " exist|setup failed for volume \\\\?\"[^\"\n]{1,300}\" : (?:mkdir|open|l?stat) /(?![^ ]{0,1000}/kubelet/)"
                            + "[^\n]{0,1000}: (?:read-only file system|no such file or directory)",
                    CauseKind.NODE_DIRECTORY_MISSING),
            KnownText.of("does not contain driver ([^ ]{1,300})", CauseKind.NO_DRIVER),
            KnownText.of("driver name ([^ ]{1,300}) not found in the list", CauseKind.NO_DRIVER),
            KnownText.of(
                    "code = NotFound desc = (?![^\n]{0,300}\\b(?:node|instance|vm|pod|secret)\\b[^\n]{0,100}(?:not found|n[o']t exist))"
                            + "[^\n]{0,300}(?:volume|share|file ?system|access ?point|disk)[^\n]{0,300}"
                            + "(?:not found|n[o']t exist)|" + NOT_FOUND_AT_ALL
                            + "|\\b(?:volume|share|file ?system|fileset) [^ \n]{1,200} (?:does not exist|not found) (?:on|in) (?:the )?"
                            + "(?:array|storage|cluster|backend|svm)\\b"
                            + "|subvolume [^\n]{0,300}does not exist|file ?system does not exist|invalidvolume\\.notfound",
                    CauseKind.STORAGE_NOT_FOUND),
            KnownText.of(
                    "code = InvalidArgument desc = (?![^\n]{0,1000}(?:hasn't been attached|dial tcp|time(?:d )?out|\\bconnect))",
                    CauseKind.VOLUME_REFUSED));

    private static final String KINDS = "(nfs4?|cifs|efs|ceph|smb3?|glusterfs|lustre)\\b";
    /** A helper that is there says what is wrong in its own words, and not in those of mount. */
    private static final Pattern NO_HELPER = Pattern.compile(
            "need a /sbin/mount\\.|required binary /sbin/mount\\.|unknown filesystem type '|filesystem not supported by the system"
                    + "|mount\\.[a-z0-9]{1,9}\\\\?\"?: (?:executable file |command )?not found"
                    + "|running modprobe args: \\[|cannot mount (?:" + SERVER_PATH + "|//[^\\s]{1,1000}) read-only"
                    + "|fork/exec [^ ]{0,80}/mount\\.[a-z0-9]{1,9}: no such file|modprobe: fatal: module "
                    + "|" + MOUNT + "no such device(?! or)|-t " + KINDS + ".{0,2000}missing codepage or helper program",
            Pattern.DOTALL);

    private static final Pattern NAMED_KIND =
            Pattern.compile("(?:mount\\.|error: |: module |running modprobe args: \\[)" + KINDS);
    private static final Pattern UNKNOWN_KIND = Pattern.compile("unknown filesystem type '([^'\n]{1,60})'");
    private static final Pattern ASKED_KIND = Pattern.compile("-t ([a-z][a-z0-9.]{0,60})\\b");

    /** A disk that is mounted has a file system of its own: its mount fails for other reasons, in the same words. */
    private static final Pattern OF_A_DISK = Pattern.compile("-t (?:ext[234]|xfs|btrfs)\\b|superblock on /dev/");

    /** What only a server can mean by its words. */
    private static final Set<CauseKind> OF_SERVERS = EnumSet.of(
            CauseKind.BAD_OPTION,
            CauseKind.NOT_PERMITTED,
            CauseKind.PERMISSION_DENIED,
            CauseKind.PROTOCOL_UNAVAILABLE,
            CauseKind.EXPORT_MISSING,
            CauseKind.SERVER_UNREACHABLE);

    /** What tells the kind of a server: its programs before the directories of drivers, which serve several kinds. */
    private static final Map<Pattern, String> PROTOCOLS = protocols();

    private static Map<Pattern, String> protocols() {
        Map<Pattern, String> protocols = new LinkedHashMap<>();
        protocols.put(Pattern.compile("-t (?:nfs4?|efs)\\b|mount\\.(?:nfs4?|efs)\\b|port ?map|\"fs-[0-9a-f]"), "NFS");
        protocols.put(Pattern.compile("-t (?:cifs|smb3)\\b|mount\\.(?:cifs|smb3)|mount error\\("), "SMB");
        protocols.put(Pattern.compile("-t ceph\\b|mount\\.ceph|ceph mount failed|rados: |mount error \\d"), "CephFS");
        protocols.put(Pattern.compile("-t lustre\\b|mount\\.lustre"), "Lustre");
        protocols.put(Pattern.compile("-t glusterfs\\b|0-glusterfs"), "GlusterFS");
        protocols.put(Pattern.compile("/smb\\.csi\\.|host is down"), "SMB");
        protocols.put(Pattern.compile("cephfs\\.csi\\."), "CephFS");
        protocols.put(Pattern.compile("io~nfs/|/(?:csi-)?nfs(?:\\.csi|plugin)|/efs\\.csi|/filestore\\.csi"), "NFS");
        return protocols;
    }

    private ServerTexts() {}

    static Optional<Found> find(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean isDisk = OF_A_DISK.matcher(lower).find();
        if (NO_HELPER.matcher(lower).find()) {
            return isDisk ? Optional.empty() : Optional.of(helper(lower));
        }
        return MountErrors.find(text)
                .map(kind -> new Found(kind, null))
                .or(() -> KnownText.find(KNOWN, text))
                .filter(found -> !isDisk || !OF_SERVERS.contains(found.kind()));
    }

    private static Found helper(String lower) {
        String kind = Stream.of(UNKNOWN_KIND, NAMED_KIND, ASKED_KIND)
                .map(pattern -> pattern.matcher(lower))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("nfs");
        return kind.startsWith("nfs")
                ? new Found(CauseKind.NO_NFS_CLIENT, null)
                : new Found(CauseKind.NO_MOUNT_PROGRAM, kind);
    }

    /** The kind of server that a message about a mount is about, or nothing where the message does not tell. */
    static String protocolOf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return PROTOCOLS.entrySet().stream()
                .filter(protocol -> protocol.getKey().matcher(lower).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** A cause that is about the pod's node; a name in the text is its detail, and so is the kind of server. */
    static Cause onNode(Found found, String text, @Nullable String node, Symptom symptom) {
        CauseKind kind = found.kind();
        String detail = kind.namesServer() ? protocolOf(text) : Absent.asEmpty(found.name());
        return Cause.of(kind, kind.about() == CauseKind.About.NODE ? node : null, detail, symptom);
    }
}
