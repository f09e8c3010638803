/** What holds for all packages of this module. */
@NullMarked
package com.cocalc.storage.architecture;

import org.jspecify.annotations.NullMarked;
