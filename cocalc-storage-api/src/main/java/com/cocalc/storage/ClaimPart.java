package com.cocalc.storage;

/**
 * What a mount shows of a claim: one directory of it, or everything.
 *
 * <p>They are two types, so that no empty text can turn a project's home into everybody's files.
 */
public sealed interface ClaimPart permits SubPath, WholeClaim {}
