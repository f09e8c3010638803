@NullMarked
package com.cocalc.storage.testkit.architecture;

import org.jspecify.annotations.NullMarked;
