package com.cocalc.storage.kubernetes.pod;

import org.jspecify.annotations.Nullable;

/** The API server's rules for names. */
public final class NameRules {

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SUBDOMAIN = 253;
    private static final int LONGEST_PORT_NAME = 15;

    private NameRules() {}

    /**
     * Finds the fault of a DNS-1123 label, such as the name of a volume, a container or a namespace.
     *
     * @param name any text
     * @return the fault in the server's words, or null
     */
    public static @Nullable String findLabelFault(String name) {
        if (name.indexOf('.') >= 0) {
            return "must not contain dots";
        }
        if (name.length() > LONGEST_LABEL) {
            return "must be no more than 63 characters";
        }
        return isJoinedLabels(name)
                ? null
                : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                        + " and end with an alphanumeric character";
    }

    /** Finds the fault of a DNS-1123 subdomain, as the names of most objects are; null if there is none. */
    public static @Nullable String findSubdomainFault(String name) {
        if (name.length() > LONGEST_SUBDOMAIN) {
            return "must be no more than 253 characters";
        }
        return isJoinedLabels(name)
                ? null
                : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                        + " must start and end with an alphanumeric character";
    }

    private static boolean isJoinedLabels(String name) {
        char before = '.';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean atEdge = before == '.';
            if (c == '.' ? atEdge || before == '-' : c == '-' ? atEdge : !isLowerAlphanumeric(c)) {
                return false;
            }
            before = c;
        }
        return before != '.' && before != '-';
    }

    /** Finds the fault of the key of a label: an optional DNS-1123 prefix and a name. */
    public static @Nullable String findQualifiedNameFault(String key) {
        int slash = key.indexOf('/');
        if (slash == 0) {
            return "prefix part must be non-empty";
        }
        if (slash > 0) {
            if (key.indexOf('/', slash + 1) >= 0) {
                return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS"
                        + " subdomain prefix and one '/'";
            }
            String prefixFault = findSubdomainFault(key.substring(0, slash));
            if (prefixFault != null) {
                return "prefix part " + prefixFault;
            }
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            return "name part must be non-empty";
        }
        String nameFault = findLabelValueFault(name);
        return nameFault == null ? null : "name part " + nameFault;
    }

    /** Finds the fault of the key of an annotation, whose case does not matter. */
    public static @Nullable String findAnnotationKeyFault(String key) {
        return findQualifiedNameFault(lowerCase(key));
    }

    /**
     * Converts each character separately, as the server does. {@link String#toLowerCase} turns some characters into
     * two.
     */
    public static String lowerCase(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Finds the fault of the value of a label; null if there is none. */
    public static @Nullable String findLabelValueFault(String value) {
        if (value.length() > LONGEST_LABEL) {
            return "must be no more than 63 characters";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean inside = i > 0 && i < value.length() - 1;
            if (!isAlphanumeric(c) && !(inside && (c == '-' || c == '_' || c == '.'))) {
                return "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                        + " alphanumeric character";
            }
        }
        return null;
    }

    /** Finds the fault of the name of a variable, by the rule since Kubernetes 1.32. */
    public static @Nullable String findEnvironmentNameFault(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '=') {
                return "a valid environment variable name must consist only of printable ASCII characters other than"
                        + " '='";
            }
        }
        return name.isEmpty() ? "environment variable name must be non-empty" : null;
    }

    /**
     * Returns whether servers before 1.32 also accept the name of a variable.
     *
     * @param name any text
     * @return whether it consists of letters, digits, {@code _}, {@code -} and {@code .}, and does not start with a
     *     digit
     */
    public static boolean isPortableEnvironmentName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if ((!isAlphanumeric(c) && c != '-' && c != '.' && c != '_') || (digit && i == 0)) {
                return false;
            }
        }
        return !name.isEmpty() && !name.equals(".") && !name.startsWith("..");
    }

    /** Finds the fault of a key of a config map or secret; null if there is none. */
    public static @Nullable String findConfigKeyFault(String key) {
        if (key.length() > LONGEST_SUBDOMAIN) {
            return "must be no more than 253 characters";
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '.' && c != '_') {
                return "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
            }
        }
        return key.equals(".") || key.startsWith("..") ? "must not be '.' or start with '..'" : null;
    }

    /** Finds the fault of the name of a port; null if there is none. */
    public static @Nullable String findPortNameFault(String name) {
        if (name.length() > LONGEST_PORT_NAME) {
            return "must be no more than 15 characters";
        }
        boolean letter = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            letter |= c >= 'a' && c <= 'z';
            if (c != '-' && !isLowerAlphanumeric(c)) {
                return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
            }
        }
        if (!letter) {
            return "must contain at least one letter (a-z)";
        }
        if (name.contains("--")) {
            return "must not contain consecutive hyphens";
        }
        return name.startsWith("-") || name.endsWith("-") ? "must not begin or end with a hyphen" : null;
    }

    /** Finds the fault of the number of a port; null if there is none. */
    public static @Nullable String findPortFault(long port) {
        return port < 1 || port > 65535 ? "must be between 1 and 65535, inclusive" : null;
    }

    /**
     * Returns whether a text can be the name of a claim.
     *
     * @param name any text
     * @return whether it is a DNS-1123 subdomain
     */
    public static boolean isClaimName(String name) {
        return findSubdomainFault(name) == null;
    }

    private static boolean isLowerAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isAlphanumeric(char c) {
        return isLowerAlphanumeric(c) || (c >= 'A' && c <= 'Z');
    }
}
