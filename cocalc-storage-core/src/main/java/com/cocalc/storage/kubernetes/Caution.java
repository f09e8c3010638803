package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

/**
 * A setting that works and is dangerous, or that works elsewhere and not here.
 *
 * @param setting which, as the chart or the object calls it
 * @param found its value
 * @param consequence what happens at run time
 * @param remedy what to do instead
 */
public record Caution(String setting, String found, String consequence, String remedy) {

    /**
     * Checks that all is there.
     *
     * @param setting which, as the chart or the object calls it
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
