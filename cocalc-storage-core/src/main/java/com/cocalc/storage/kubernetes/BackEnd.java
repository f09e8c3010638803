package com.cocalc.storage.kubernetes;

import com.cocalc.storage.HomeOwnership;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of storage under the claims, with the ways that work there to give homes their owner: the kubelet creates a
 * missing home as root, and its owner must become the project's user.
 */
public enum BackEnd {
    /** The Ganesha provisioner with its default {@code rootSquash: "false"}. */
    GANESHA(Root.IS_ROOT, FsGroup.IGNORED, Maps.NOBODY, HomeOwnership.fixPermissionsInit()),
    /** The Ganesha provisioner with {@code rootSquash: "true"}. */
    GANESHA_ROOT_SQUASH(Root.IS_NOBODY, FsGroup.IGNORED, Maps.NOBODY, HomeOwnership.asIs()),
    /** An export that maps every user to the project's user ({@code all_squash, anonuid=2001, anongid=2001}). */
    NFS_ALL_SQUASH(Root.IS_NOBODY, FsGroup.IGNORED, Maps.EVERYBODY, HomeOwnership.serverSide()),
    /** AWS EFS through an access point whose POSIX user is the project's. */
    EFS_ACCESS_POINT(Root.IS_NOBODY, FsGroup.IGNORED, Maps.EVERYBODY, HomeOwnership.serverSide()),
    /** CephFS through its CSI driver, which has {@code fsGroupPolicy: File}. */
    CEPHFS(Root.IS_ROOT, FsGroup.APPLIED, Maps.NOBODY, HomeOwnership.fixPermissionsInit()),
    /** The driver nfs.csi.k8s.io, which has {@code fsGroupPolicy: File}, on an export with {@code no_root_squash}. */
    NFS_CSI(Root.IS_ROOT, FsGroup.APPLIED, Maps.NOBODY, HomeOwnership.fixPermissionsInit()),
    /**
     * A CSI driver without an {@code fsGroupPolicy}: the default policy does not change {@code ReadWriteMany} volumes.
     */
    CSI_DEFAULT_POLICY(Root.IS_ROOT, FsGroup.IGNORED, Maps.NOBODY, HomeOwnership.fixPermissionsInit()),
    /** A directory of the node, for a cluster of one node. */
    HOST_PATH(Root.IS_ROOT, FsGroup.IGNORED, Maps.NOBODY, HomeOwnership.fixPermissionsInit()),
    /** A local volume, for a cluster of one node. */
    LOCAL(Root.IS_ROOT, FsGroup.APPLIED, Maps.NOBODY, HomeOwnership.fixPermissionsInit());

    private final Root rootIs;
    private final FsGroup fsGroup;
    private final Maps maps;

    @SuppressWarnings("ImmutableEnumChecker") // every HomeOwnership is a record of immutable values
    private final HomeOwnership strategy;

    BackEnd(Root rootIs, FsGroup fsGroup, Maps maps, HomeOwnership strategy) {
        this.rootIs = rootIs;
        this.fsGroup = fsGroup;
        this.maps = maps;
        this.strategy = strategy;
    }

    /** {@return whether root in a pod can change the owner of files} */
    public boolean rootMayChown() {
        return rootIs == Root.IS_ROOT;
    }

    /**
     * Returns whether the kubelet changes the group of a {@code ReadWriteMany} volume to the pod's {@code fsGroup}. It
     * never changes the user, and with {@code OnRootMismatch} it changes nothing if the root of the volume is right.
     *
     * @return whether {@code fsGroup} changes files
     */
    public boolean appliesFsGroup() {
        return fsGroup == FsGroup.APPLIED;
    }

    /** {@return the value for {@code homeOwnership} that works, if the namespace admits it} */
    public HomeOwnership strategy() {
        return strategy;
    }

    /**
     * Returns cautions about settings that do not work together.
     *
     * @param ownership the way in which homes get the project's user as their owner
     * @param root whether the namespace of the projects admits root
     * @return the cautions, empty if the settings work
     */
    public List<Caution> check(HomeOwnership ownership, RootContainers root) {
        List<Caution> cautions = new ArrayList<>();
        if (ownership instanceof HomeOwnership.FixPermissionsInit) {
            checkInit(cautions, root);
        } else if (ownership instanceof HomeOwnership.ServerSide) {
            if (maps != Maps.EVERYBODY) {
                cautions.add(new Caution(
                        "homeOwnership",
                        "serverSide on " + this,
                        "this storage maps nobody to the project's user, so a new home stays root's",
                        "export with all_squash to 2001:2001, or use " + inWords(root)));
            }
        } else if (ownership instanceof HomeOwnership.AsIs) {
            checkAsIs(cautions, root);
        } else {
            throw new AssertionError(ownership);
        }
        return cautions;
    }

    private void checkInit(List<Caution> cautions, RootContainers root) {
        if (!rootMayChown()) {
            cautions.add(new Caution(
                    "homeOwnership",
                    "fixPermissionsInit on " + this,
                    "the server does not take root for root; chown fails with \"Operation not permitted\","
                            + " and the project never starts",
                    maps == Maps.EVERYBODY
                            ? "use serverSide, nothing is left to repair"
                            : "set rootSquash \"false\" on a new StorageClass"));
        }
        if (root == RootContainers.REFUSED) {
            cautions.add(new Caution(
                    "homeOwnership",
                    "fixPermissionsInit in a restricted namespace",
                    "its init container runs as root, and the API server refuses the pod with 403",
                    "let the namespace enforce baseline, or use serverSide with a storage that maps everybody to"
                            + " 2001:2001"));
        }
    }

    private void checkAsIs(List<Caution> cautions, RootContainers root) {
        if (maps == Maps.EVERYBODY || appliesFsGroup()) {
            return;
        }
        String why = this == CSI_DEFAULT_POLICY
                ? "without an fsGroupPolicy the kubelet applies fsGroup to ReadWriteOnce volumes alone; "
                : "the kubelet does not apply fsGroup here; ";
        cautions.add(new Caution(
                "homeOwnership",
                "asIs on " + this,
                why + "a new home is writable only if the root of the claim is writable for everybody or its group,"
                        + " else \"Permission denied\"",
                this == CSI_DEFAULT_POLICY
                        ? "set fsGroupPolicy File on the CSIDriver, or use " + inWords(root)
                        : "use " + inWords(root)));
    }

    /** Returns the strategy as it must be written, if the namespace admits it. */
    private String inWords(RootContainers root) {
        if (!rootMayChown()) {
            return "fixPermissionsInit with rootSquash \"false\"";
        }
        return root == RootContainers.REFUSED
                ? "fixPermissionsInit in a namespace that enforces baseline"
                : "fixPermissionsInit";
    }

    private enum Root {
        IS_ROOT,
        IS_NOBODY
    }

    private enum FsGroup {
        APPLIED,
        IGNORED
    }

    private enum Maps {
        EVERYBODY,
        NOBODY
    }
}
