/**
 * Copies a tree into another one. Start with {@link com.cocalc.storage.files.copy.CopyOperation},
 * {@link com.cocalc.storage.files.copy.TreeCopy} and {@link com.cocalc.storage.files.copy.Staging}.
 */
@NullMarked
package com.cocalc.storage.files.copy;

import org.jspecify.annotations.NullMarked;
