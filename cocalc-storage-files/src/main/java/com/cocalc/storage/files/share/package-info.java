/**
 * What publishers do to a share, and what they note about it. Start with
 * {@link com.cocalc.storage.files.share.Publication}, {@link com.cocalc.storage.files.share.ShareRecord} and
 * {@link com.cocalc.storage.files.share.ShareLocks}.
 */
@NullMarked
package com.cocalc.storage.files.share;

import org.jspecify.annotations.NullMarked;
