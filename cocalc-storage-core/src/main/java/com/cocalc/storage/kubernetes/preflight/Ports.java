package com.cocalc.storage.kubernetes.preflight;

/** The ports through which nodes reach a server of files. */
final class Ports {

    private Ports() {}

    /** The ports in words; of a server of unknown kind, those of the usual kinds. */
    static String of(String protocol) {
        return switch (protocol) {
            case "NFS" -> "port 2049 (for NFS 3 also 111, 20048, 662, 875 and 32803)";
            case "SMB" -> "port 445";
            case "CephFS" -> "ports 3300 and 6789 of its monitors and 6800 to 7568 of its other daemons";
            case "Lustre" -> "port 988";
            case "GlusterFS" -> "port 24007 and those of its bricks";
            default -> "its ports (2049 for NFS, 445 for SMB, 3300 and 6789 for CephFS)";
        };
    }
}
