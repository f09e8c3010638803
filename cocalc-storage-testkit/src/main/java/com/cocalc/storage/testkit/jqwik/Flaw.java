package com.cocalc.storage.testkit.jqwik;

/** Why a value must be refused. */
public enum Flaw {
    /** Nothing is there. */
    NULL,
    /** The text is empty. */
    EMPTY,
    /** A character looks or counts like the right one and is another: {@code а} of Cyrillic, {@code ٣}, {@code －}. */
    LOOK_ALIKE,
    /** There is more than fits, by one or by a lot. */
    TOO_LONG,
    /** A path leads elsewhere than it reads: {@code ..}, {@code .}, {@code //}, a leading or trailing slash. */
    TRAVERSAL,
    /** A control character: NUL, a line break, escape, delete. */
    CONTROL_CHARACTER,
    /** Half of a character beyond the first 65,536. */
    HALF_CHARACTER,
    /** The form is another one: capitals, braces, wrong places, a wrong unit. */
    FORM,
    /** A number beyond its range. */
    RANGE,
    /** Parts that are fine alone and must not be together. */
    CONFLICT
}
