/**
 * Inodes, names, pages and quotas of one volume, and what a crash leaves of them. Start from
 * {@link com.cocalc.storage.rwx.disk.Tree}, which makes every change, {@link com.cocalc.storage.rwx.disk.Inode} and
 * {@link com.cocalc.storage.rwx.disk.Disk}. Nothing in here locks: see {@link com.cocalc.storage.rwx.kernel}.
 */
@NullMarked
package com.cocalc.storage.rwx.disk;

import org.jspecify.annotations.NullMarked;
