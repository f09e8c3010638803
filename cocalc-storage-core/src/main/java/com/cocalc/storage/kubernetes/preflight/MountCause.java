package com.cocalc.storage.kubernetes.preflight;

/** The volume is there, but the node cannot mount it. */
public sealed interface MountCause extends Cause permits ExportCause, NodeCause, VolumeUseCause {}
