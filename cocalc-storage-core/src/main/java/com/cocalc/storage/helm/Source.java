package com.cocalc.storage.helm;

/**
 * A file that values come from.
 *
 * @param index which one, from 0
 * @param name its name, fit for a message
 */
record Source(int index, String name) {}
