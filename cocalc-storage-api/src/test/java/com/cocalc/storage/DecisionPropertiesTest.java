package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.SoftwareAccess.ReadOnly;
import com.cocalc.storage.SoftwareAccess.ReadWrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of the decision about write access, over maps of licences as untyped as the database has them. */
final class DecisionPropertiesTest {

    private static final List<String> OVER = List.of("expired", "exhausted", "future");

    @Provide
    Arbitrary<JsonObject> columns() {
        return Values.columns();
    }

    private static SoftwareAccess decide(JsonObject column) {
        return SoftwareAccess.decide(ProjectLicenses.from(column));
    }

    /** The four steps once more, on bare JSON and with nothing else in mind. */
    private static Access byTheRule(JsonObject column) {
        List<JsonObject> rest = column.members().stream()
                .map(Member::value)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(entry -> !(entry.find("status").orElse(JsonNull.NULL) instanceof JsonString status
                        && OVER.contains(status.text())))
                .flatMap(entry -> entry.find("quota").stream())
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(quota -> quota.find("dedicated_disk").orElse(JsonNull.NULL) == JsonNull.NULL)
                .toList();
        boolean machine = rest.stream().anyMatch(DecisionPropertiesTest::hasMachine);
        boolean grant = rest.stream().anyMatch(quota -> quota.find("ext_rw").orElse(JsonNull.NULL) == JsonBoolean.TRUE);
        return grant && !machine ? Access.READ_WRITE : Access.READ_ONLY;
    }

    private static boolean hasMachine(JsonObject quota) {
        return quota.find("dedicated_vm").orElse(JsonNull.NULL) instanceof JsonObject vm
                && vm.find("machine").orElse(JsonNull.NULL) instanceof JsonString;
    }

    @Property
    void theDecisionIsTheRule(@ForAll("columns") JsonObject column) {
        assertThat(decide(column).access()).isEqualTo(byTheRule(column));
    }

    @Property
    void theOrderOfLicencesNeverMatters(@ForAll("columns") JsonObject column, @ForAll Random random) {
        List<Member> shuffled = new ArrayList<>(column.members());
        Collections.shuffle(shuffled, random);

        assertThat(decide(new JsonObject(shuffled)).access())
                .isEqualTo(decide(column).access());
    }

    @Property
    void theEndOfALicenceAddsNoRightUnlessItCarriedAMachine(
            @ForAll("columns") JsonObject column,
            @ForAll @IntRange(max = 5) int which,
            @ForAll @IntRange(max = 2) int end) {
        Assume.that(which < column.members().size());
        Member member = column.members().get(which);
        Assume.that(member.value() instanceof JsonObject);
        List<Member> fields = new ArrayList<>(((JsonObject) member.value()).members());
        fields.set(0, new Member("status", new JsonString(OVER.get(end))));
        List<Member> ended = new ArrayList<>(column.members());
        ended.set(which, new Member(member.name(), new JsonObject(fields)));
        boolean carriedMachine = fields.get(1).value() instanceof JsonObject quota && hasMachine(quota);

        Access before = decide(column).access();
        Access after = decide(new JsonObject(ended)).access();

        assertThat(before == Access.READ_ONLY && after == Access.READ_WRITE && !carriedMachine)
                .isFalse();
    }

    @Property
    void everyLicenceIsAccountedFor(@ForAll("columns") JsonObject column) {
        SoftwareAccess decision = decide(column);

        if (decision instanceof ReadWrite granted) {
            assertThat(granted.grantedBy()).isNotEmpty();
        } else if (decision instanceof ReadOnly denied) {
            assertThat(denied.reasons())
                    .extracting(reason -> reason.license().position())
                    .hasSameSizeAs(column.members())
                    .isSorted();
        } else {
            throw new AssertionError(decision);
        }
        assertThat(decision.remarks())
                .extracting(remark -> remark.license().position())
                .isSorted();
    }

    @Property
    void whatGrantsStillGrantsAlone(@ForAll("columns") JsonObject column) {
        if (decide(column) instanceof ReadWrite granted) {
            for (LicenseName name : granted.grantedBy()) {
                JsonObject alone = new JsonObject(List.of(column.members().get(name.position() - 1)));
                assertThat(decide(alone).access()).isEqualTo(Access.READ_WRITE);
            }
        }
    }

    @Property
    void equalLicencesGiveEqualDecisionsAndTexts(@ForAll("columns") JsonObject column) {
        JsonObject again = (JsonObject) JsonOf.text(column.toString());

        assertThat(ProjectLicenses.from(again))
                .isEqualTo(ProjectLicenses.from(column))
                .hasSameHashCodeAs(ProjectLicenses.from(column));
        assertThat(ProjectLicenses.from(column).toJson()).isEqualTo(column);
        assertThat(decide(again)).isEqualTo(decide(column)).hasSameHashCodeAs(decide(column));
        assertThat(decide(again).explain()).isEqualTo(decide(column).explain());
    }

    @Property
    void anExplanationIsPrintableLinesThatNameTheDecision(@ForAll("columns") JsonObject column) {
        SoftwareAccess decision = decide(column);

        assertThat(decision.explain()).startsWith("The shared software is " + decision.access() + ": ");
        assertThat(decision.explain().lines()).allMatch(line -> line.matches("[ -~…]+\\."));
    }
}
