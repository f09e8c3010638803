package com.cocalc.storage.helm;

import org.yaml.snakeyaml.error.Mark;

/** The reason why a whole document is refused. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Mark at;
    private final String rule;
    private final String found;
    private final String remedy;

    Refused(Mark at, String rule, String found, String remedy) {
        super(rule, null, false, false);
        this.at = at;
        this.rule = rule;
        this.found = found;
        this.remedy = remedy;
    }

    Mark at() {
        return at;
    }

    String rule() {
        return rule;
    }

    String found() {
        return found;
    }

    String remedy() {
        return remedy;
    }
}
