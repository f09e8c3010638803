/**
 * What an operation on files may come to: {@link com.cocalc.storage.files.outcome.Problem} ends it, and
 * {@link com.cocalc.storage.files.outcome.SkipReason} leaves out one file.
 */
@NullMarked
package com.cocalc.storage.files.outcome;

import org.jspecify.annotations.NullMarked;
