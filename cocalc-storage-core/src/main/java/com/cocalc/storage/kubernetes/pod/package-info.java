/**
 * A finished pod as the rules of this library read it: its containers of all kinds, volumes, mounts and variables, what
 * each resolves to, and the ways in which it reaches storage without a mount of a claim.
 *
 * <p>The packages beside this one share it, and the test kit and the program of the same version use a few of its
 * types. It is not part of the public API: no public method of another package takes or returns one of its types, and
 * they change without notice.
 */
@NullMarked
package com.cocalc.storage.kubernetes.pod;

import org.jspecify.annotations.NullMarked;
