@NullMarked
package com.cocalc.storage.testkit.cluster.program;

import org.jspecify.annotations.NullMarked;
