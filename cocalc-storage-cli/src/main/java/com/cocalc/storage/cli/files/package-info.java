/**
 * The commands that work on mounted files: {@link com.cocalc.storage.cli.files.CopyCommand},
 * {@link com.cocalc.storage.cli.files.PublishCommand} and what they share.
 */
@NullMarked
package com.cocalc.storage.cli.files;

import org.jspecify.annotations.NullMarked;
