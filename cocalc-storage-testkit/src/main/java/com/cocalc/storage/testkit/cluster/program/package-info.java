/**
 * The programs that containers of the fake cluster run, with the behaviour of GNU's programs.
 *
 * <p>Start with {@link com.cocalc.storage.testkit.cluster.program.Command}, which another program implements.
 */
@NullMarked
package com.cocalc.storage.testkit.cluster.program;

import org.jspecify.annotations.NullMarked;
