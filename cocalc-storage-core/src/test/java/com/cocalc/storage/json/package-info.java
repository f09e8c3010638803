@NullMarked
package com.cocalc.storage.json;

import org.jspecify.annotations.NullMarked;
