package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.Access;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Laws about the decision whether a project may write to the software.
 *
 * <p>A decider is a function from licences to an access, which the program under test implements.
 */
public final class LicenseLaws {

    /** The decision must equal the hub's, so that the settings and the pod show the same. */
    public static final Law DECISION_IS_THE_HUBS = new Law(
            "decision-is-the-hubs",
            "the decision about the software is the one that the hub computes from the same licences",
            "ask SoftwareAccess.decide");

    /** The decision must name the licences that grant, so that a reader knows which ones to change. */
    public static final Law GRANTS_ARE_NAMED = new Law(
            "grants-are-named",
            "write access names exactly the licences that grant it",
            "name each licence that counts and carries ext_rw: true, in their order");

    /** The decision must not depend on the order of the licences, as a map has none. */
    public static final Law ORDER_NEVER_MATTERS = new Law(
            "order-never-matters",
            "the order of licences does not change the decision",
            "look at all licences before deciding");

    /** The end of a licence must not add write access, unless it carried a machine. */
    public static final Law AN_END_ADDS_NO_RIGHT = new Law(
            "an-end-adds-no-right",
            "the end of a licence never adds write access, unless that licence carried a dedicated machine",
            "leave ended licences out, and let nothing but a machine take access away");

    private LicenseLaws() {}

    /** {@return the laws about decisions, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(DECISION_IS_THE_HUBS, GRANTS_ARE_NAMED, ORDER_NEVER_MATTERS, AN_END_ADDS_NO_RIGHT);
    }

    /**
     * Judges one decision with its reasons.
     *
     * @param licenses all licences of the project
     * @param decision the decision about them
     * @return the violations
     */
    public static List<Violation> check(ProjectLicenses licenses, SoftwareAccess decision) {
        requireNonNull(decision, "decision");
        Violations violations = new Violations();
        checkDecision(json(licenses), licenses.toString(), decision.access(), violations);
        if (decision instanceof SoftwareAccess.ReadWrite granted) {
            List<String> expected = licenses.entries().stream()
                    .filter(entry -> HubRule.grants(entry.license().toJson()))
                    .map(entry -> entry.name().toString())
                    .toList();
            List<String> named =
                    granted.grantedBy().stream().map(Object::toString).toList();
            if (!named.equals(expected)) {
                violations.add(GRANTS_ARE_NAMED, licenses.toString(), named.toString(), expected.toString());
            }
        }
        return violations.list();
    }

    /**
     * Judges the decisions of a program about licences, about the same licences in other orders, and about the same
     * licences after the end of each one.
     *
     * @param licenses all licences of a project
     * @param decider the program
     * @return the violations
     */
    public static List<Violation> check(ProjectLicenses licenses, Function<ProjectLicenses, Access> decider) {
        requireNonNull(decider, "decider");
        Violations violations = new Violations();
        List<JsonValue> entries = json(licenses);
        Access access = decider.apply(licenses);
        checkDecision(entries, licenses.toString(), access, violations);
        for (List<JsonValue> order : orders(entries)) {
            Access other = decider.apply(licenses(order));
            if (other != access) {
                violations.add(ORDER_NEVER_MATTERS, order.toString(), other.toString(), access + ", as before");
            }
        }
        if (access.isReadOnly()) {
            checkEnds(entries, decider, violations);
        }
        return violations.list();
    }

    private static void checkDecision(List<JsonValue> entries, String where, Access found, Violations violations) {
        Access expected = HubRule.access(entries);
        if (found != expected) {
            violations.add(DECISION_IS_THE_HUBS, where, found.toString(), expected.toString());
        }
    }

    private static void checkEnds(
            List<JsonValue> entries, Function<ProjectLicenses, Access> decider, Violations violations) {
        for (int i = 0; i < entries.size(); i++) {
            JsonValue entry = entries.get(i);
            if (entry instanceof JsonObject object && !HubRule.carriesMachine(entry)) {
                List<JsonValue> later = new ArrayList<>(entries);
                later.set(i, ended(object));
                Access after = decider.apply(licenses(later));
                if (!after.isReadOnly()) {
                    violations.add(
                            AN_END_ADDS_NO_RIGHT,
                            "the end of " + entry + " in " + entries,
                            after.toString(),
                            Access.READ_ONLY + ", as before");
                }
            }
        }
    }

    private static JsonObject ended(JsonObject license) {
        List<Member> members = new ArrayList<>(license.members());
        members.removeIf(member -> member.name().equals("status"));
        members.add(new Member("status", new JsonString("expired")));
        return new JsonObject(members);
    }

    /**
     * Returns orders with each entry once in front, and one backwards, which detect code that stops at the first entry
     * or keeps the last one.
     */
    private static List<List<JsonValue>> orders(List<JsonValue> entries) {
        List<List<JsonValue>> orders = new ArrayList<>();
        for (int i = 1; i < entries.size(); i++) {
            List<JsonValue> rotated = new ArrayList<>(entries);
            Collections.rotate(rotated, i);
            orders.add(rotated);
        }
        if (entries.size() > 2) {
            List<JsonValue> backwards = new ArrayList<>(entries);
            Collections.reverse(backwards);
            orders.add(backwards);
        }
        return orders;
    }

    private static List<JsonValue> json(ProjectLicenses licenses) {
        return licenses.entries().stream()
                .map(entry -> entry.license().toJson())
                .toList();
    }

    /** Returns licences with new keys, which do not matter and which some lists do not have. */
    private static ProjectLicenses licenses(List<JsonValue> entries) {
        List<Member> members = new ArrayList<>(entries.size());
        for (JsonValue entry : entries) {
            members.add(new Member(String.format("00000000-0000-4000-8000-%012x", members.size() + 1), entry));
        }
        return ProjectLicenses.from(new JsonObject(members));
    }
}
