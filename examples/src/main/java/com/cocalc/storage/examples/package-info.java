/** Programs to run and to copy from. */
@NullMarked
package com.cocalc.storage.examples;

import org.jspecify.annotations.NullMarked;
