package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * How a project's home gets the project's user as its owner, although the kubelet creates it as root.
 *
 * <p>Helm: {@code manage.project.fixPermissionsInit}.
 */
public sealed interface HomeOwnership {

    /** Nothing is done: the storage's own defaults must make a new home writable. */
    record AsIs() implements HomeOwnership {}

    /**
     * An init container, running as root, hands the home over before the project starts. Needs a storage that lets root
     * change owners (an NFS export with {@code no_root_squash}).
     *
     * @param walk how much of the home is looked at
     */
    record FixPermissionsInit(Walk walk) implements HomeOwnership {

        /**
         * Checks that there is a walk.
         *
         * @param walk how much of the home is looked at
         * @throws NullPointerException if there is none
         */
        public FixPermissionsInit {
            requireNonNull(walk, "walk");
        }

        /**
         * Returns the repair that looks at every file at every start. It costs O(files) each time, which on a shared
         * file system is minutes for a large home; it fixes what the default does not see: files with another owner in
         * a home whose own entry is right.
         *
         * @return the same with {@link Walk#ALWAYS}
         */
        public FixPermissionsInit always() {
            return new FixPermissionsInit(Walk.ALWAYS);
        }
    }

    /** The storage maps every client to the project's user, so that nothing is left to repair. */
    record ServerSide() implements HomeOwnership {}

    /** How much of a home the init container looks at. */
    enum Walk {
        /** The home's own entry; only if that is wrong, what lies below it. */
        WHEN_HOME_DIFFERS,
        /** Every file at every start: the time grows with the number of files. */
        ALWAYS
    }

    /**
     * Returns the default, which changes nothing.
     *
     * @return the ownership {@link AsIs}
     */
    static HomeOwnership asIs() {
        return new AsIs();
    }

    /**
     * Returns the repair by an init container that checks only the home's own entry where nothing is wrong.
     *
     * @return an init container
     */
    static FixPermissionsInit fixPermissionsInit() {
        return new FixPermissionsInit(Walk.WHEN_HOME_DIFFERS);
    }

    /**
     * Returns the ownership for storage that maps every client to the project's user.
     *
     * @return server side
     */
    static HomeOwnership serverSide() {
        return new ServerSide();
    }
}
