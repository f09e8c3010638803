package com.cocalc.storage.files.tree;

import com.cocalc.storage.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * A name that somebody else may change while it is opened.
 *
 * @param owner the project that can change it; null if that is not known
 * @param text how a message names it
 */
public record ForeignName(@Nullable ProjectId owner, String text) {}
