package com.cocalc.storage.text;

/** Names that the Kubernetes API server accepts: DNS-1123 labels, and subdomains of labels joined by dots. */
public final class DnsName {

    private static final int LONGEST_SUBDOMAIN = 253;
    private static final int LONGEST_LABEL = 63;

    /** The grammar of a subdomain, as it follows the word "must". */
    public static final String SUBDOMAIN_RULE =
            "be a DNS-1123 subdomain (lower case, digits, '-', '.'; a letter or digit at both ends of each part; at most "
                    + LONGEST_SUBDOMAIN + " characters)";

    /** The grammar of a label, as it follows the word "must". */
    public static final String LABEL_RULE =
            "be a DNS-1123 label (lower case, digits, '-'; a letter or digit at both ends; at most " + LONGEST_LABEL
                    + " characters)";

    private DnsName() {}

    /**
     * Returns whether a text is a DNS-1123 subdomain. The server limits the length of the whole, not of each label.
     *
     * @param name any text
     * @return whether it is
     */
    public static boolean isSubdomain(String name) {
        return name.length() <= LONGEST_SUBDOMAIN && isJoinedLabels(name);
    }

    /**
     * Returns whether a text is a DNS-1123 label.
     *
     * @param name any text
     * @return whether it is
     */
    public static boolean isLabel(String name) {
        return name.length() <= LONGEST_LABEL && name.indexOf('.') < 0 && isJoinedLabels(name);
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
