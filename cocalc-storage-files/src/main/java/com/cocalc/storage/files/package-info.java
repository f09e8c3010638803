/**
 * Operations on the files of projects, safe while somebody changes the tree at the same time. Start with
 * {@link com.cocalc.storage.files.ProjectFiles}, {@link com.cocalc.storage.files.CopyRequest} and
 * {@link com.cocalc.storage.files.FilePath}.
 */
@NullMarked
package com.cocalc.storage.files;

import org.jspecify.annotations.NullMarked;
