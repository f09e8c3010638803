/** A shared file system in memory that many pods mount at once, with real permissions. */
@NullMarked
package com.cocalc.storage.rwx;

import org.jspecify.annotations.NullMarked;
