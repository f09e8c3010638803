/**
 * The pattern language of {@code rsync --exclude}. Start with {@link com.cocalc.storage.files.exclude.ExcludeRules}.
 */
@NullMarked
package com.cocalc.storage.files.exclude;

import org.jspecify.annotations.NullMarked;
