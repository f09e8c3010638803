/**
 * The {@code java.nio.file} API over the system calls of one container, as in the JDK on Linux. Start from
 * {@link com.cocalc.storage.rwx.nio.RwxProvider}, {@link com.cocalc.storage.rwx.nio.RwxFileSystem} and
 * {@link com.cocalc.storage.rwx.nio.RwxFileChannel}.
 */
@NullMarked
package com.cocalc.storage.rwx.nio;

import org.jspecify.annotations.NullMarked;
