/**
 * Open directories, the names in them, and the threads that work on them. Start with
 * {@link com.cocalc.storage.files.tree.OpenDirectory}, {@link com.cocalc.storage.files.tree.MountedTree} and
 * {@link com.cocalc.storage.files.tree.Workers}.
 */
@NullMarked
package com.cocalc.storage.files.tree;

import org.jspecify.annotations.NullMarked;
