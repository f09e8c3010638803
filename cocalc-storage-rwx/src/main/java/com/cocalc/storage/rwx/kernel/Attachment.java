package com.cocalc.storage.rwx.kernel;

/**
 * The request to mount a volume.
 *
 * @param description for people: {@code 2001:2001 on projects/p1, read-only}
 * @param user the user that acts on it, as the server maps it
 * @param subPath the directory that it starts at; empty for the volume's root
 * @param kubelet the user that makes that directory where it is missing, as the server maps it
 * @param kubeletDescription the same for people
 */
public record Attachment(
        String description,
        Credentials user,
        boolean isReadOnly,
        String subPath,
        Credentials kubelet,
        String kubeletDescription) {

    /** The whole volume for the user that makes the directory. */
    Attachment ofKubelet() {
        return new Attachment(kubeletDescription, kubelet, false, "", kubelet, kubeletDescription);
    }
}
