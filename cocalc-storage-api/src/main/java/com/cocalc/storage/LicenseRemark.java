package com.cocalc.storage;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is odd about a licence without deciding anything.
 *
 * <p>{@code toString()} is a clause for a person that follows the licence's name.
 */
public sealed interface LicenseRemark {

    /**
     * Returns which licence this is about.
     *
     * @return its name
     */
    LicenseName license();

    /**
     * The licence counts, and its patch is applied to the pod after everything else.
     *
     * @param license which licence
     */
    record CarriesPatch(LicenseName license) implements LicenseRemark {
        @Override
        public String toString() {
            return "carries a patch, which is applied to the pod last and can make $EXT or any mount writable without"
                    + " ext_rw; audit the pod";
        }
    }

    /**
     * The status is none that the hub knows, so the licence counts.
     *
     * @param license which licence
     * @param status what is there
     */
    record UnknownStatus(LicenseName license, JsonValue status) implements LicenseRemark {
        @Override
        public String toString() {
            return "has a status that the hub does not know, " + Clipped.of(status)
                    + ", and so counts; only exactly expired, exhausted and future rule a licence out";
        }
    }

    /**
     * Fields that count for nothing and are kept.
     *
     * @param license which licence
     * @param fields their names, those of the quota as {@code quota.name}
     */
    record FieldsKept(LicenseName license, List<String> fields) implements LicenseRemark {

        /** More names than these make no text for a person. */
        private static final int SHOWN = 20;

        /**
         * Takes a copy.
         *
         * @param license which licence
         * @param fields their names, those of the quota as {@code quota.name}
         */
        public FieldsKept {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            String more = fields.size() > SHOWN ? " and " + (fields.size() - SHOWN) + " more" : "";
            return "has fields that count for nothing here and are kept: "
                    + fields.stream().limit(SHOWN).map(FieldsKept::shown).collect(Collectors.joining(", ")) + more;
        }

        private static String shown(String field) {
            return field.matches("[\\w.-]{1,80}") ? field : Quoted.of(field);
        }
    }

    /**
     * The key is no UUID. The hub never looks at keys, so the licence takes part all the same.
     *
     * @param license which licence
     */
    record KeyIsNoId(LicenseName license) implements LicenseRemark {
        @Override
        public String toString() {
            return "takes part although its key is no UUID";
        }
    }

    /**
     * The licence has a machine of its own and a disk of its own. The disk leaves it out, and so the machine takes no
     * write access away.
     *
     * @param license which licence
     */
    record MachineNotSeen(LicenseName license) implements LicenseRemark {
        @Override
        public String toString() {
            return "has a dedicated machine, which takes nothing away here: its dedicated disk leaves the whole licence"
                    + " out first";
        }
    }

    /**
     * The entry is no object, so it counts for nothing. Said where writing is granted; where it is not, the reasons
     * name the entry.
     *
     * @param license which licence
     * @param value what is there
     */
    record EntryIgnored(LicenseName license, JsonValue value) implements LicenseRemark {
        @Override
        public String toString() {
            return "counts for nothing, its entry is " + Clipped.of(value) + " where an object belongs";
        }
    }

    /**
     * The quota is no object, so the licence counts for nothing. Said where writing is granted and the hub can compute;
     * where it is not granted, the reasons name the licence.
     *
     * @param license which licence
     * @param value what is there
     */
    record QuotaIgnored(LicenseName license, JsonValue value) implements LicenseRemark {
        @Override
        public String toString() {
            return "counts for nothing, its quota is " + Clipped.of(value) + " where an object belongs";
        }
    }

    /**
     * The quota is such that the hub's own calculation fails, so there is no answer of the hub to agree with.
     *
     * @param license which licence
     * @param quota what is there
     */
    record HubCannotCompute(LicenseName license, JsonValue quota) implements LicenseRemark {
        @Override
        public String toString() {
            return "makes the hub's own calculation fail, its quota is " + Clipped.of(quota)
                    + "; repair the licence, here it counts for nothing";
        }
    }
}
