@NullMarked
package com.cocalc.storage.cli.input;

import org.jspecify.annotations.NullMarked;
