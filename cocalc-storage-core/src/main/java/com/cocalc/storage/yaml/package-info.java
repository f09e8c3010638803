/** The text that the readers of YAML scan, with places as editors count them. For the other packages of this module. */
@NullMarked
package com.cocalc.storage.yaml;

import org.jspecify.annotations.NullMarked;
