package com.cocalc.storage.rwx.kernel;

/**
 * What a mount asks for.
 *
 * @param description for people: {@code 2001:2001 on projects/p1, read-only}
 * @param user who acts on it, as the server takes him
 * @param subPath the directory that it starts at; empty for the volume's root
 * @param kubelet who makes that directory where it is missing, as the server takes him
 * @param kubeletDescription the same for people
 */
public record Attachment(
        String description,
        Credentials user,
        boolean isReadOnly,
        String subPath,
        Credentials kubelet,
        String kubeletDescription) {

    /** The whole volume for whoever makes the directory. */
    Attachment ofKubelet() {
        return new Attachment(kubeletDescription, kubelet, false, "", kubelet, kubeletDescription);
    }
}
