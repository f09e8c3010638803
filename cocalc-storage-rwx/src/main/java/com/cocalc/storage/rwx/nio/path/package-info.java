/**
 * Paths as bytes, without a file system behind them: encoding, computations on elements, globs, and the bytes of paths
 * of other file systems. Start from {@link com.cocalc.storage.rwx.nio.path.PathBytes} and
 * {@link com.cocalc.storage.rwx.nio.path.PathAlgebra}.
 */
@NullMarked
package com.cocalc.storage.rwx.nio.path;

import org.jspecify.annotations.NullMarked;
