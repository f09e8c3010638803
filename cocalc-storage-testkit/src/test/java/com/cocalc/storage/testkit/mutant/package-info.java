@NullMarked
package com.cocalc.storage.testkit.mutant;

import org.jspecify.annotations.NullMarked;
