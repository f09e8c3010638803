package com.cocalc.storage.testkit.law.contract;

import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The directory in which a law is tried, empty at first, as each client sees it. */
record Bench(Path first, @Nullable Path onSecond) {

    /** Thrown when a law is broken, to end its trial. */
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final String where;
        private final String found;
        private final String expected;

        Broken(String where, String found, String expected) {
            super(where + ": " + found, null, false, false);
            this.where = where;
            this.found = found;
            this.expected = expected;
        }

        Violation of(Law law) {
            return new Violation(law, where, found, expected);
        }
    }

    /** Thrown when a law cannot be tried on this storage. */
    static final class CannotTry extends Exception {

        private static final long serialVersionUID = 1L;

        CannotTry(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** An action of a client. */
    interface Action {
        void run() throws IOException;
    }

    /** A question of a client. */
    interface Question {
        Object ask() throws IOException;
    }

    Path second() {
        return Objects.requireNonNull(onSecond, "onSecond");
    }

    void does(String where, Action action) throws Broken {
        try {
            action.run();
        } catch (IOException e) {
            throw new Broken(where, Reason.of(e), "success");
        }
    }

    void finds(String where, Object expected, Question question) throws Broken {
        Object found;
        try {
            found = question.ask();
        } catch (IOException e) {
            throw new Broken(where, Reason.of(e), expected.toString());
        }
        if (!expected.equals(found)) {
            throw new Broken(where, String.valueOf(found), expected.toString());
        }
    }

    void isRefusedOrFinds(String where, String expected, Question question, String... reasons) throws Broken {
        String found;
        try {
            found = String.valueOf(question.ask());
            if (found.equals(expected)) {
                return;
            }
        } catch (IOException e) {
            found = Reason.of(e);
            if (List.of(reasons).contains(found)) {
                return;
            }
        }
        throw new Broken(where, found, String.join(" or ", reasons) + " or " + expected);
    }

    void isRefused(String where, Action action, String... reasons) throws Broken {
        String found;
        try {
            action.run();
            found = "success";
        } catch (IOException e) {
            found = Reason.of(e);
        }
        if (!List.of(reasons).contains(found)) {
            throw new Broken(where, found, String.join(" or ", reasons));
        }
    }
}
