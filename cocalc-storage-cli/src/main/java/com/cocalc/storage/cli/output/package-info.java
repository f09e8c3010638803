/**
 * What a run prints: {@link com.cocalc.storage.cli.output.Screen} is where,
 * {@link com.cocalc.storage.cli.output.Format} and {@link com.cocalc.storage.cli.output.FindingsReport} are how.
 */
@NullMarked
package com.cocalc.storage.cli.output;

import org.jspecify.annotations.NullMarked;
