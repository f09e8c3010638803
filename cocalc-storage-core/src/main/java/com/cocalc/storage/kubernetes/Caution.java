package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

/**
 * A setting that works but is dangerous, or that does not work in this place.
 *
 * @param setting the name of the setting in the chart or the object
 * @param found its value
 * @param consequence what happens at run time
 * @param remedy what to do instead
 */
public record Caution(String setting, String found, String consequence, String remedy) {

    /**
     * Checks that no part is null.
     *
     * @param setting the name of the setting in the chart or the object
     * @param found its value
     * @param consequence what happens at run time
     * @param remedy what to do instead
     */
    public Caution {
        requireNonNull(setting, "setting");
        requireNonNull(found, "found");
        requireNonNull(consequence, "consequence");
        requireNonNull(remedy, "remedy");
    }

    /** Returns one line for a person. */
    @Override
    public String toString() {
        return setting + " is " + found + ": " + consequence + "; " + remedy;
    }
}
