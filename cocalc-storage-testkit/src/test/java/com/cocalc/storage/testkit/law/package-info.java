@NullMarked
package com.cocalc.storage.testkit.law;

import org.jspecify.annotations.NullMarked;
