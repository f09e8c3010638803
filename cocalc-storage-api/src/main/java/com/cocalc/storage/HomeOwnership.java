package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * The way in which a project's home gets the project's user as its owner, although the kubelet creates it as root.
 *
 * <p>Helm: {@code manage.project.fixPermissionsInit}.
 */
public sealed interface HomeOwnership {

    /** Nothing is done: the storage's own defaults must make a new home writable. */
    record AsIs() implements HomeOwnership {}

    /**
     * An init container, running as root, changes the owner of the home before the project starts. This requires
     * storage that lets root change owners (an NFS export with {@code no_root_squash}).
     *
     * @param walk how much of the home the init container checks
     */
    record FixPermissionsInit(Walk walk) implements HomeOwnership {

        /**
         * Checks that there is a walk.
         *
         * @param walk how much of the home the init container checks
         * @throws NullPointerException if there is none
         */
        public FixPermissionsInit {
            requireNonNull(walk, "walk");
        }

        /**
         * Returns the repair that checks every file at every start. It takes O(files) each time, which on a shared file
         * system is minutes for a large home. In addition to the default it fixes files with another owner in a home
         * whose own entry is right.
         *
         * @return the same with {@link Walk#ALWAYS}
         */
        public FixPermissionsInit always() {
            return new FixPermissionsInit(Walk.ALWAYS);
        }
    }

    /** The storage maps every client to the project's user, so no repair is needed. */
    record ServerSide() implements HomeOwnership {}

    /** The part of a home that the init container checks. */
    enum Walk {
        /** The home's own entry, and everything below it only if that entry is wrong. */
        WHEN_HOME_DIFFERS,
        /** Every file at every start: the time grows with the number of files. */
        ALWAYS
    }

    /** {@return the default, {@link AsIs}, which changes nothing} */
    static HomeOwnership asIs() {
        return new AsIs();
    }

    /**
     * {@return the repair by an init container that checks everything in the home only if the home's own entry is
     * wrong}
     */
    static FixPermissionsInit fixPermissionsInit() {
        return new FixPermissionsInit(Walk.WHEN_HOME_DIFFERS);
    }

    /** {@return the ownership for storage that maps every client to the project's user} */
    static HomeOwnership serverSide() {
        return new ServerSide();
    }
}
