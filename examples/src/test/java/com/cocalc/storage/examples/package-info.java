@NullMarked
package com.cocalc.storage.examples;

import org.jspecify.annotations.NullMarked;
