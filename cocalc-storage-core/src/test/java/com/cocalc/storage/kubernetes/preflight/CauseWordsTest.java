package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What causes say of themselves. */
class CauseWordsTest {

    private static final Symptom SEEN = new Symptom("event", "words");

    @Test
    void aCauseOfAClaimNamesTheClaimOrVolumeWhereItIsKnown() {
        assertThat(List.of(
                        new ClaimCause.Lost("c", SEEN),
                        new ClaimCause.Misbound("c", SEEN),
                        new ClaimCause.VolumeMismatch("c", SEEN),
                        new ClaimCause.ResizeFailed("", SEEN),
                        new ClaimCause.VolumeMissing("v", SEEN),
                        new ClaimCause.VolumeMissing("", SEEN),
                        new ClaimCause.NoSpaceOnNodes(SEEN),
                        new ClaimCause.EphemeralOfAnother("c", SEEN),
                        new ClaimCause.Forbidden("c", SEEN)))
                .extracting(Cause::explanation)
                .containsExactly(
                        "claim \"c\" has lost its volume, which somebody deleted",
                        "claim \"c\" names a volume that belongs to another claim",
                        "claim \"c\" cannot be bound to the volume that it names: event: \"words\"",
                        "a claim of the pod cannot grow: event: \"words\"",
                        "volume \"v\", to which a claim is bound, does not exist",
                        "the volume, to which a claim is bound, does not exist",
                        "no node has enough free storage for a claim of the pod",
                        "claim \"c\" has the name of an ephemeral volume's claim, but was not made for this pod",
                        "the node may not read claim \"c\"");
    }

    @Test
    void aCauseOfAMountSaysWhetherNodeOrServerRefuses() {
        assertThat(List.of(
                        new NodeCause.DriverSilent(SEEN),
                        new NodeCause.StatdMissing(SEEN),
                        new NodeCause.NoMountProgram("cifs", SEEN),
                        new NodeCause.Busy(SEEN),
                        new ExportCause.PermissionDenied(SEEN),
                        new ExportCause.NotPermitted(SEEN),
                        new ExportCause.ProtocolUnavailable(SEEN),
                        new ExportCause.NoMetadataServer(SEEN),
                        new ExportCause.InputOutput(SEEN),
                        new ExportCause.NoLocks(SEEN),
                        new ExportCause.FilesWentAway(SEEN),
                        new VolumeUseCause.AttachmentBeingDeleted(SEEN)))
                .extracting(Cause::explanation)
                .containsExactly(
                        "a CSI driver on the pod's node does not answer on its socket",
                        "rpc.statd does not run on the node, and NFS 3 needs it for locks",
                        "the node cannot mount \"cifs\", as its mount helper or kernel module is missing",
                        "the node says that the volume or the directory to mount it on is busy",
                        "the server answers the mount with: Permission denied",
                        "the mount is answered with: Operation not permitted",
                        "the server does not offer the NFS version or transport that the node asks for",
                        "CephFS has no metadata server that is up, or the key may not use it",
                        "the storage answers with: Input/output error",
                        "the server gives no locks (No locks available)",
                        "a file went away while the kubelet changed the group of all files (fsGroup)",
                        "the attachment of the volume to the node is being deleted");
    }

    @Test
    void aCauseOfAStartNamesTheContainer() {
        assertThat(List.of(
                        new StartCause.IdMapRefused("project", SEEN), new StartCause.DirectoryDenied("project", SEEN)))
                .extracting(Cause::explanation)
                .containsExactly(
                        "the file system of a volume of container \"project\" cannot be mounted with mapped users (hostUsers:"
                                + " false)",
                        "the runtime may not enter a directory of a volume or the working directory of container \"project\":"
                                + " root is squashed by the server, or the directory is not the user's");
    }
}
