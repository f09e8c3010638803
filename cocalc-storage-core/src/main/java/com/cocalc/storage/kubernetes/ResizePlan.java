package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ClaimName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The changes that an existing claim needs, and whether the cluster accepts them.
 *
 * @param claim the claim to change
 * @param steps one step for each property that differs from what is wanted
 */
public record ResizePlan(ClaimName claim, List<Step> steps) {

    /**
     * Takes a copy.
     *
     * @param claim the claim to change
     * @param steps one step for each property that differs
     */
    public ResizePlan {
        requireNonNull(claim, "claim");
        steps = List.copyOf(steps);
    }

    /** {@return whether the cluster would accept all changes, so that no step is refused} */
    public boolean isPossible() {
        return steps.stream().noneMatch(Refused.class::isInstance);
    }

    /** Returns the plan in words, one line for each step. */
    @Override
    public String toString() {
        return steps.isEmpty()
                ? "claim " + claim + ": nothing to change"
                : steps.stream().map(step -> "\n- " + step).collect(Collectors.joining("", "claim " + claim + ":", ""));
    }

    /** The change of one property of the claim. */
    public sealed interface Step {}

    /**
     * The claim can grow: apply it with the new size. Files are kept, and pods continue to run.
     *
     * @param from the size as the cluster has it
     * @param to the size that is wanted
     */
    public record Grow(String from, String to) implements Step {

        /**
         * Checks that no part is null.
         *
         * @param from the size as the cluster has it
         * @param to the size that is wanted
         */
        public Grow {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }

        /** Returns the step in words. */
        @Override
        public String toString() {
            return "grow from " + from + " to " + to;
        }
    }

    /**
     * A label can be set at any time: apply it. It affects nothing else.
     *
     * @param key the label's key
     * @param from the value that the cluster has; empty if there is none
     * @param to the value that is wanted
     */
    public record Label(String key, String from, String to) implements Step {

        /**
         * Checks that no part is null.
         *
         * @param key the label's key
         * @param from the value that the cluster has; empty if there is none
         * @param to the value that is wanted
         */
        public Label {
            requireNonNull(key, "key");
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }

        /** Returns the step in words. */
        @Override
        public String toString() {
            return "set label " + key + " to " + to + (from.isEmpty() ? "" : " (it is " + from + ")");
        }
    }

    /**
     * The cluster refuses the change, or it would have no effect.
     *
     * @param field the property, as a field path
     * @param from the value that the cluster has
     * @param to the value that is wanted
     * @param reason the reason why it cannot be changed
     * @param remedy what to do instead
     */
    public record Refused(String field, String from, String to, String reason, String remedy) implements Step {

        /**
         * Checks that no part is null.
         *
         * @param field the property, as a field path
         * @param from the value that the cluster has
         * @param to the value that is wanted
         * @param reason the reason why it cannot be changed
         * @param remedy what to do instead
         */
        public Refused {
            requireNonNull(field, "field");
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            requireNonNull(reason, "reason");
            requireNonNull(remedy, "remedy");
        }

        /** Returns the step in words. */
        @Override
        public String toString() {
            return field + " cannot become " + to + " (it is " + from + "): " + reason + "; " + remedy;
        }
    }
}
