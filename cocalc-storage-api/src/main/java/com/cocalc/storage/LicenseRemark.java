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
            return "carries a patch, which is applied to the pod last and can make /ext or any mount writable without"
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
            return "has a status that the hub does not know, " + Clipped.of(status) + ", and counts";
        }
    }

    /**
     * Fields that count for nothing and are kept.
     *
     * @param license which licence
     * @param fields their names, those of the quota as {@code quota.name}
     */
    record FieldsKept(LicenseName license, List<String> fields) implements LicenseRemark {
        @Override
        public String toString() {
            return "has fields that count for nothing here and are kept: "
                    + fields.stream().map(FieldsKept::shown).collect(Collectors.joining(", "));
        }

        private static String shown(String field) {
            String quoted = Quoted.of(field);
            return quoted.length() == field.length() + 2 ? field : quoted;
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
