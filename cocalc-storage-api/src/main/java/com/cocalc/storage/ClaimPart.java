package com.cocalc.storage;

/**
 * What a mount shows of a claim: one directory of it, or everything.
 *
 * <p>These are two types, so that an empty text can never turn one project's home into the files of all projects.
 */
public sealed interface ClaimPart permits SubPath, WholeClaim {}
