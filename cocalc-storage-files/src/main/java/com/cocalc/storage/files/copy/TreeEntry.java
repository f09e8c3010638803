package com.cocalc.storage.files.copy;

import com.cocalc.storage.files.tree.FileState;
import java.nio.file.Path;

/**
 * An entry of a directory that is being copied.
 *
 * @param node the directory
 * @param name the name in the source
 * @param targetName the name in the target; another one only for the root of the copied tree
 * @param state what the source has under the name
 */
record TreeEntry(TreeNode node, Path name, Path targetName, FileState state) {}
