/**
 * The vocabulary of system calls that users of the fake file system and its inner layers share:
 * {@link com.cocalc.storage.rwx.call.Operation}, {@link com.cocalc.storage.rwx.call.Errno} and
 * {@link com.cocalc.storage.rwx.call.OperationEvent}.
 */
@NullMarked
package com.cocalc.storage.rwx.call;

import org.jspecify.annotations.NullMarked;
