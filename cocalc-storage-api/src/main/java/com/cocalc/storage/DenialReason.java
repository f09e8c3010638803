package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

/**
 * Why one licence does not grant writing to the software.
 *
 * <p>{@code toString()} is a clause for a person that follows the licence's name.
 */
public sealed interface DenialReason {

    /**
     * Returns which licence this is about.
     *
     * @return its name
     */
    LicenseName license();

    /**
     * The licence's status rules it out.
     *
     * @param license which licence
     * @param status {@link LicenseStatus#EXPIRED}, {@link LicenseStatus#EXHAUSTED} or {@link LicenseStatus#FUTURE}
     * @param extRw whether it carries {@code ext_rw}
     */
    record NotActive(LicenseName license, LicenseStatus status, Grant extRw) implements DenialReason {

        /**
         * Checks that the status is one that rules a licence out.
         *
         * @param license which licence
         * @param status {@link LicenseStatus#EXPIRED}, {@link LicenseStatus#EXHAUSTED} or {@link LicenseStatus#FUTURE}
         * @param extRw whether it carries {@code ext_rw}
         * @throws InvalidValueException if a licence of this status counts
         */
        public NotActive {
            requireNonNull(license, "license");
            requireNonNull(extRw, "extRw");
            if (status.counts()) {
                throw new InvalidValueException(
                        "status of a licence that is left out",
                        "be expired, exhausted or future",
                        status.toString(),
                        "name the reason that applies");
            }
        }

        @Override
        public String toString() {
            String why = status == LicenseStatus.EXPIRED
                    ? "it has expired"
                    : status == LicenseStatus.EXHAUSTED
                            ? "it already runs in as many projects as it allows"
                            : "its time has not come";
            return "does not count, " + why + " (status " + status + "); " + extRw;
        }
    }

    /**
     * The licence is for a disk of its own, and such a licence is left out, whatever the field's value.
     *
     * @param license which licence
     * @param disk the value of {@code dedicated_disk}
     * @param extRw whether it carries {@code ext_rw}
     */
    record HasDedicatedDisk(LicenseName license, JsonValue disk, Grant extRw) implements DenialReason {
        @Override
        public String toString() {
            return "does not count, it is for a dedicated disk (dedicated_disk is " + Clipped.of(disk)
                    + ", and anything but null leaves the licence out); " + extRw;
        }
    }

    /**
     * The licence is for a machine of its own, and with one of these there is no write access from any licence.
     *
     * @param license which licence
     * @param machine the machine
     * @param extRw whether it carries {@code ext_rw}
     */
    record HasDedicatedMachine(LicenseName license, DedicatedVm machine, Grant extRw) implements DenialReason {
        @Override
        public String toString() {
            String nameless = machine.name().isEmpty()
                    ? "; its name is empty, but that changes nothing, although the admin form says that empty means no machine"
                    : "";
            return "is for a dedicated machine (" + Quoted.of(machine.machine())
                    + "), which takes write access away from all licences; " + extRw + nameless;
        }
    }

    /**
     * The licence would grant, but another one is for a machine of its own.
     *
     * @param license which licence
     * @param machine the first licence with a machine
     */
    record BesideDedicatedMachine(LicenseName license, LicenseName machine) implements DenialReason {
        @Override
        public String toString() {
            return "carries ext_rw: true, but " + machine
                    + " is for a dedicated machine, which takes write access away";
        }
    }

    /**
     * The licence says nothing about writing, or false.
     *
     * @param license which licence
     */
    record NoExtRw(LicenseName license) implements DenialReason {
        @Override
        public String toString() {
            return "counts, but carries no ext_rw: true";
        }
    }

    /**
     * The licence's {@code ext_rw} is not the JSON boolean {@code true}, though not false or absent either.
     *
     * @param license which licence
     * @param value what it is
     */
    record ExtRwNotBoolean(LicenseName license, JsonValue value) implements DenialReason {
        @Override
        public String toString() {
            return "counts, but its ext_rw is " + Clipped.of(value) + "; only the JSON boolean true grants";
        }
    }

    /**
     * The entry is no object. It counts for nothing.
     *
     * @param license which licence
     * @param value what is there
     */
    record StrangeEntry(LicenseName license, JsonValue value) implements DenialReason {
        @Override
        public String toString() {
            return "counts for nothing, its entry is " + Clipped.of(value) + " where an object belongs";
        }
    }

    /**
     * The entry is an object, but its quota is none. It counts for nothing.
     *
     * @param license which licence
     * @param value what is there
     */
    record StrangeQuota(LicenseName license, JsonValue value) implements DenialReason {
        @Override
        public String toString() {
            return "counts for nothing, its quota is " + Clipped.of(value) + " where an object belongs";
        }
    }

    /** Whether a licence that is left out or takes access away carries {@code ext_rw}. */
    enum Grant {
        /** It has {@code ext_rw: true}. */
        CARRIED("it carries ext_rw: true"),
        /** It has not. */
        NOT_CARRIED("it carries no ext_rw: true either");

        private final String text;

        Grant(String text) {
            this.text = text;
        }

        static Grant of(ProjectLicense license) {
            return license.grantsWriting() ? CARRIED : NOT_CARRIED;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
