package com.cocalc.storage.kubernetes;

/**
 * The kubelet expands {@code $(NAME)} in values of variables and in arguments of commands, and {@code $$} is a
 * {@code $}.
 */
final class Expansion {

    private Expansion() {}

    /** Text that the kubelet turns back into this one, whatever variables a container has. */
    static String escape(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(c);
            boolean wouldExpand =
                    c == '$' && i + 1 < text.length() && (text.charAt(i + 1) == '$' || text.charAt(i + 1) == '(');
            if (wouldExpand) {
                escaped.append('$');
            }
        }
        return escaped.toString();
    }
}
