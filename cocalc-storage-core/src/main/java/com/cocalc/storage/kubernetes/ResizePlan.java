package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ClaimName;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What can be changed at a claim that exists, and what cannot.
 *
 * @param claim the claim to change
 * @param steps one for each property that differs from what is wanted; none where nothing does
 */
public record ResizePlan(ClaimName claim, List<Step> steps) {

    /**
     * Takes a copy.
     *
     * @param claim the claim to change
     * @param steps one for each property that differs
     */
    public ResizePlan {
        requireNonNull(claim, "claim");
        steps = List.copyOf(steps);
    }

    /**
     * Returns whether the cluster would take all of it.
     *
     * @return whether no step is refused
     */
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

    /** One property of the claim. */
    public sealed interface Step {}

    /**
     * The claim can grow: apply it with the new size. Files stay, pods go on.
     *
     * @param from the size as the cluster has it
     * @param to the size that is wanted
     */
    public record Grow(String from, String to) implements Step {

        /**
         * Checks that both are there.
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
     * A label can be set at any time: apply it. Nothing else notices.
     *
     * @param key the label's key
     * @param from the value that the cluster has; empty where there is none
     * @param to the value that is wanted
     */
    public record Label(String key, String from, String to) implements Step {

        /**
         * Checks that all is there.
         *
         * @param key the label's key
         * @param from the value that the cluster has; empty where there is none
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
     * The cluster refuses it, or it would do nothing.
     *
     * @param field which property, as a field path
     * @param from the value that the cluster has
     * @param to the value that is wanted
     * @param reason why it cannot be changed
     * @param remedy what to do instead
     */
    public record Refused(String field, String from, String to, String reason, String remedy) implements Step {

        /**
         * Checks that all is there.
         *
         * @param field which property, as a field path
         * @param from the value that the cluster has
         * @param to the value that is wanted
         * @param reason why it cannot be changed
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
