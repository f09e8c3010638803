@NullMarked
package com.cocalc.storage.helm;

import org.jspecify.annotations.NullMarked;
