/**
 * A shared file system in memory that many pods mount at once, with real permissions. Start from
 * {@link com.cocalc.storage.rwx.RwxVolume}, {@link com.cocalc.storage.rwx.Mount} and
 * {@link com.cocalc.storage.rwx.ContainerFiles}.
 */
@NullMarked
package com.cocalc.storage.rwx;

import org.jspecify.annotations.NullMarked;
