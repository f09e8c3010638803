@NullMarked
package com.cocalc.storage.testkit.cluster;

import org.jspecify.annotations.NullMarked;
