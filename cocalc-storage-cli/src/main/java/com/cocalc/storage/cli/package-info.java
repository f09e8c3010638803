/**
 * The program of an operator: {@link com.cocalc.storage.cli.Main} with a class for each command. Below it {@code files}
 * has the commands that work on mounted files, {@code repair} what an audit proposes, {@code input} what a user hands
 * over and {@code output} what is printed; each uses only those that come later in this sentence.
 */
@NullMarked
package com.cocalc.storage.cli;

import org.jspecify.annotations.NullMarked;
