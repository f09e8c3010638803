/**
 * The model of CoCalc's storage on Kubernetes: who mounts which part of which claim, where, and with which access.
 *
 * <p>Start with {@link com.cocalc.storage.ProjectVolumes}, {@link com.cocalc.storage.StorageConfig} and
 * {@link com.cocalc.storage.ProjectLicenses}.
 */
@NullMarked
package com.cocalc.storage;

import org.jspecify.annotations.NullMarked;
