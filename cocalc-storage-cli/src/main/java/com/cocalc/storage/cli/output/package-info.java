/**
 * Prints the output of a run: {@link com.cocalc.storage.cli.output.Screen} has the streams,
 * {@link com.cocalc.storage.cli.output.Format} and {@link com.cocalc.storage.cli.output.FindingsReport} the forms.
 */
@NullMarked
package com.cocalc.storage.cli.output;

import org.jspecify.annotations.NullMarked;
