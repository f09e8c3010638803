@NullMarked
package com.cocalc.storage.testkit.assertj;

import org.jspecify.annotations.NullMarked;
