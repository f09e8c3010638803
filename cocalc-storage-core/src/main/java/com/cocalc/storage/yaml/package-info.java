/**
 * The text that the readers of YAML scan, with places as editors count them, and what Go makes of scalars. Not for
 * users.
 */
@NullMarked
package com.cocalc.storage.yaml;

import org.jspecify.annotations.NullMarked;
