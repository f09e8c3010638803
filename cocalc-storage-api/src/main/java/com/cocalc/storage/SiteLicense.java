package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A row of the hub's table of licences: the columns that say when the licence applies.
 *
 * <pre>{@code
 * SiteLicense license = SiteLicense.builder(LicenseId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13"))
 *         .activates(Instant.parse("2026-01-01T00:00:00Z"))
 *         .runLimit(3)
 *         .build();
 * LicenseStatus status = license.statusAt(Instant.parse("2026-06-01T00:00:00Z"), 3); // exhausted
 * }</pre>
 */
public final class SiteLicense {

    private final LicenseId id;
    private final @Nullable Instant activates;
    private final @Nullable Instant expires;
    private final @Nullable Integer runLimit;

    private SiteLicense(Builder builder) {
        id = builder.id;
        activates = builder.activates;
        expires = builder.expires;
        runLimit = builder.runLimit;
    }

    /**
     * Creates a builder of a row without times and without a limit: a licence that never becomes valid.
     *
     * @param id the licence
     * @return a new builder
     */
    public static Builder builder(LicenseId id) {
        return new Builder(requireNonNull(id, "id"));
    }

    /**
     * Creates a builder that starts from this row.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(id);
        builder.activates = activates;
        builder.expires = expires;
        builder.runLimit = runLimit;
        return builder;
    }

    /** {@return the id of the licence} */
    public LicenseId id() {
        return id;
    }

    /**
     * {@return the moment from which the licence applies, or empty if it never applies and stays
     * {@link LicenseStatus#FUTURE}}
     */
    public Optional<Instant> activates() {
        return Optional.ofNullable(activates);
    }

    /** {@return the moment from which the licence no longer applies, or empty if it does not end} */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expires);
    }

    /**
     * {@return the number of projects that may use the licence at once, or empty for no limit; 0 or less allows no
     * project}
     */
    public OptionalInt runLimit() {
        return runLimit == null ? OptionalInt.empty() : OptionalInt.of(runLimit);
    }

    /**
     * Returns the status of the licence at a moment. The first of these that holds decides: {@code expires} set and not
     * after {@code now}: expired; no {@code activates}, or one after {@code now}: future; {@code running} at or over
     * the limit: exhausted. Otherwise the licence is valid.
     *
     * @param now the moment
     * @param running how many running projects already use the licence, at least 0
     * @return {@link LicenseStatus#EXPIRED}, {@link LicenseStatus#FUTURE}, {@link LicenseStatus#EXHAUSTED} or
     *     {@link LicenseStatus#VALID}; whether a valid one is active or ineffective depends on the project
     * @throws InvalidValueException if {@code running} is negative
     */
    public LicenseStatus statusAt(Instant now, int running) {
        requireNonNull(now, "now");
        if (running < 0) {
            throw InvalidValueException.of(
                    "number of running projects", "be at least 0", Integer.toString(running), "count them again");
        }
        if (expires != null && !expires.isAfter(now)) {
            return LicenseStatus.EXPIRED;
        }
        if (activates == null || activates.isAfter(now)) {
            return LicenseStatus.FUTURE;
        }
        return runLimit != null && running >= runLimit ? LicenseStatus.EXHAUSTED : LicenseStatus.VALID;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SiteLicense that
                && id.equals(that.id)
                && Objects.equals(activates, that.activates)
                && Objects.equals(expires, that.expires)
                && Objects.equals(runLimit, that.runLimit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, activates, expires, runLimit);
    }

    /** Returns the row in words. */
    @Override
    public String toString() {
        return "SiteLicense[" + id + ", activates=" + activates + ", expires=" + expires + ", runLimit=" + runLimit
                + "]";
    }

    /** Collects the columns of a row. */
    public static final class Builder {

        private final LicenseId id;
        private @Nullable Instant activates;
        private @Nullable Instant expires;
        private @Nullable Integer runLimit;

        private Builder(LicenseId id) {
            this.id = id;
        }

        /**
         * Sets the moment from which the licence applies.
         *
         * @param moment the first moment
         * @return this builder
         */
        public Builder activates(Instant moment) {
            activates = requireNonNull(moment, "activates");
            return this;
        }

        /**
         * Sets the moment from which the licence no longer applies.
         *
         * @param moment the first moment without it
         * @return this builder
         */
        public Builder expires(Instant moment) {
            expires = requireNonNull(moment, "expires");
            return this;
        }

        /**
         * Sets the number of projects that may use the licence at once.
         *
         * @param projects the number; 0 or less allows no project
         * @return this builder
         */
        public Builder runLimit(int projects) {
            runLimit = projects;
            return this;
        }

        /**
         * Creates the row.
         *
         * @return the row
         */
        public SiteLicense build() {
            return new SiteLicense(this);
        }
    }
}
