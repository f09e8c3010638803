package com.cocalc.storage.testkit.cluster.program;

import java.util.Optional;

/** The new owner and group of a file; -1 does not change it. */
record OwnerSpec(long uid, long gid) {

    private static final long MAX_ID = 4_294_967_294L;

    /** Parses {@code USER}, {@code USER:GROUP} or {@code :GROUP}. */
    static Optional<OwnerSpec> parse(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        if (colon == text.length() - 1 && !user.isEmpty()) {
            return Optional.empty(); // "user:" is the user's own group, which only a password file knows
        }
        try {
            return Optional.of(new OwnerSpec(user.isEmpty() ? -1 : id(user), group.isEmpty() ? -1 : id(group)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the id of a number or of root; a container without accounts has no other names. */
    static long id(String name) {
        if (name.equals("root")) {
            return 0;
        }
        long id = Long.parseLong(name.startsWith("+") ? name.substring(1) : name);
        if (id < 0 || id > MAX_ID) {
            throw new NumberFormatException(name);
        }
        return id;
    }

    String what() {
        return uid < 0 && gid >= 0 ? "group" : "ownership";
    }
}
