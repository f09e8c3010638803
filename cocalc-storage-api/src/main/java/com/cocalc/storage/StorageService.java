package com.cocalc.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service of CoCalc that mounts files of many projects, with the access that its job needs. */
public enum StorageService implements StorageComponent {
    /** Renders published files to visitors. */
    HUB_NEXT("hub-next", null, Access.READ_ONLY),
    /** Copies what a project published to the shares. */
    MANAGE_SHARE("manage-share", Access.READ_ONLY, Access.READ_WRITE),
    /** Copies files and directories between projects. */
    MANAGE_COPY("manage-copy", Access.READ_WRITE, null),
    /** Receives uploads into projects. */
    HUB_PROXY("hub-proxy", Access.READ_WRITE, null);

    private final String deployment;
    private final @Nullable Access projects;
    private final @Nullable Access shares;

    StorageService(String deployment, @Nullable Access projects, @Nullable Access shares) {
        this.deployment = deployment;
        this.projects = projects;
        this.shares = shares;
    }

    /** {@return the access of the service to the projects' files, or empty if it does not see them} */
    public Optional<Access> projects() {
        return Optional.ofNullable(projects);
    }

    /** {@return the access of the service to the published files, or empty if it does not see them} */
    public Optional<Access> shares() {
        return Optional.ofNullable(shares);
    }

    /** Returns the name that the service has in CoCalc's chart, for example {@code hub-next}. */
    @Override
    public String toString() {
        return deployment;
    }
}
