@NullMarked
package com.cocalc.storage.cli.files;

import org.jspecify.annotations.NullMarked;
