@NullMarked
package com.cocalc.storage.files;

import org.jspecify.annotations.NullMarked;
