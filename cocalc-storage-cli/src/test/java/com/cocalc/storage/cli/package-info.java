@NullMarked
package com.cocalc.storage.cli;

import org.jspecify.annotations.NullMarked;
