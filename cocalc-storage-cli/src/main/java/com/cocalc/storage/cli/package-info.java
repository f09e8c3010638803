/**
 * The program of an operator: {@link com.cocalc.storage.cli.Main} with a class for each command. The packages below it
 * are {@code files} for the commands that work on mounted files, {@code repair} for the changes that an audit proposes,
 * {@code input} for what a user provides and {@code output} for what is printed; each uses only those that come later
 * in this sentence.
 */
@NullMarked
package com.cocalc.storage.cli;

import org.jspecify.annotations.NullMarked;
