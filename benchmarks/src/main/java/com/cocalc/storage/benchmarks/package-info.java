/** Measurements of every performance claim, next to its peers. */
@NullMarked
package com.cocalc.storage.benchmarks;

import org.jspecify.annotations.NullMarked;
