/**
 * The text that the readers of YAML scan, with places as editors count them, and what Go makes of scalars.
 *
 * <p>The readers of this module and the program of the same version share it. It is not part of the public API: no
 * public method of another package takes or returns one of its types, and they change without notice.
 */
@NullMarked
package com.cocalc.storage.yaml;

import org.jspecify.annotations.NullMarked;
