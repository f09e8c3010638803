package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/** Names as the Kubernetes API server takes them: DNS-1123 labels, and subdomains of labels joined by dots. */
final class DnsName {

    private static final int LONGEST_SUBDOMAIN = 253;
    private static final int LONGEST_LABEL = 63;

    private DnsName() {}

    static String requireSubdomain(String subject, String name, String remedy) {
        requireNonNull(name, subject);
        // A label within a subdomain has no limit of its own for the server: only the whole is measured.
        if (name.length() > LONGEST_SUBDOMAIN || !isJoinedLabels(name)) {
            throw InvalidValueException.of(
                    subject,
                    "be a DNS-1123 subdomain (lower case, digits, '-', '.'; a letter or digit at both ends of each part; at most "
                            + LONGEST_SUBDOMAIN + " characters)",
                    MessageText.quoted(name),
                    remedy);
        }
        return name;
    }

    static String requireLabel(String subject, String name, String remedy) {
        requireNonNull(name, subject);
        if (name.length() > LONGEST_LABEL || name.indexOf('.') >= 0 || !isJoinedLabels(name)) {
            throw InvalidValueException.of(
                    subject,
                    "be a DNS-1123 label (lower case, digits, '-'; a letter or digit at both ends; at most "
                            + LONGEST_LABEL + " characters)",
                    MessageText.quoted(name),
                    remedy);
        }
        return name;
    }

    private static boolean isJoinedLabels(String name) {
        boolean mayEnd = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean follows = mayEnd || (i > 0 && name.charAt(i - 1) == '-');
            if (!alphanumeric && !(c == '-' && follows) && !(c == '.' && mayEnd)) {
                return false;
            }
            mayEnd = alphanumeric;
        }
        return mayEnd;
    }
}
