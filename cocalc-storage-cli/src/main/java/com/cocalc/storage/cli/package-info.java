/** The program of an operator: {@link com.cocalc.storage.cli.Main} with a class for each command. */
@NullMarked
package com.cocalc.storage.cli;

import org.jspecify.annotations.NullMarked;
