/**
 * The programs that containers of the fake cluster run, in the meaning of GNU's.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.cluster.program.Command}, to write one more.
 */
@NullMarked
package com.cocalc.storage.testkit.cluster.program;

import org.jspecify.annotations.NullMarked;
