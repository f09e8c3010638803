package com.cocalc.storage.rwx.nio;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names of users and groups, as in {@code /etc/passwd} and {@code /etc/group}. An id without a name is shown as a
 * number.
 */
public final class Accounts extends UserPrincipalLookupService {
    private final Map<String, Long> users;
    private final Map<String, Long> groups;

    Accounts(Map<String, Long> users, Map<String, Long> groups) {
        this.users = Map.copyOf(users);
        this.groups = Map.copyOf(groups);
    }

    /** Returns the accounts that every Linux has: only root. */
    public static Accounts rootAlone() {
        return new Accounts(Map.of("root", 0L), Map.of("root", 0L));
    }

    public Accounts withUser(String name, long uid) {
        return new Accounts(with(users, name, uid), groups);
    }

    public Accounts withGroup(String name, long gid) {
        return new Accounts(users, with(groups, name, gid));
    }

    User user(long uid) {
        return new User(nameOf(users, uid), uid);
    }

    Group group(long gid) {
        return new Group(nameOf(groups, gid), gid);
    }

    @Override
    public UserPrincipal lookupPrincipalByName(String name) throws UserPrincipalNotFoundException {
        return new User(name, find(users, name));
    }

    @Override
    public GroupPrincipal lookupPrincipalByGroupName(String group) throws UserPrincipalNotFoundException {
        return new Group(group, find(groups, group));
    }

    private static Map<String, Long> with(Map<String, Long> names, String name, long id) {
        Map<String, Long> more = new HashMap<>(names);
        more.put(name, id);
        return more;
    }

    private static String nameOf(Map<String, Long> names, long id) {
        String first = null;
        for (Map.Entry<String, Long> entry : names.entrySet()) {
            if (entry.getValue() == id && (first == null || entry.getKey().compareTo(first) < 0)) {
                first = entry.getKey();
            }
        }
        return first == null ? Long.toString(id) : first;
    }

    private static long find(Map<String, Long> names, String name) throws UserPrincipalNotFoundException {
        Long id = names.get(Objects.requireNonNull(name));
        if (id != null) {
            return id;
        }
        try {
            return Integer.parseInt(name);
        } catch (NumberFormatException e) {
            throw new UserPrincipalNotFoundException(name);
        }
    }

    /** A user or group by its number; two names of one number are equal. */
    static class User implements UserPrincipal {
        final long id;
        private final String name;

        User(String name, long id) {
            this.name = name;
            this.id = id;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public final boolean equals(@Nullable Object other) {
            return other instanceof User user && user.id == id && (user instanceof Group) == (this instanceof Group);
        }

        @Override
        public final int hashCode() {
            return this instanceof Group ? ~Long.hashCode(id) : Long.hashCode(id);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A group, which is also a user principal, as in the JDK, and is then refused as a user. */
    static final class Group extends User implements GroupPrincipal {
        Group(String name, long gid) {
            super(name, gid);
        }
    }
}
