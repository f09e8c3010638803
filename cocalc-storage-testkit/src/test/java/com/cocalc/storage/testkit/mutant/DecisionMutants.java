package com.cocalc.storage.testkit.mutant;

import com.cocalc.storage.Access;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.testkit.law.LicenseLaws;
import com.cocalc.storage.testkit.law.RepetitionLaws;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Wrong versions of the decision about the software, and of reading and writing licences. */
final class DecisionMutants {

    private static final List<ProjectLicenses> CASES = List.of(
                    "{}",
                    "{'a':{'quota':{'ext_rw':true}}}",
                    "{'a':{'status':'active','quota':{'ext_rw':true}},'b':{'quota':{'cpu':1}}}",
                    "{'a':{'status':'expired','quota':{'ext_rw':true}}}",
                    "{'a':{'status':'exhausted','quota':{'ext_rw':true}}}",
                    "{'a':{'status':'future','quota':{'ext_rw':true}}}",
                    "{'a':{'status':'Expired','quota':{'ext_rw':true}}}",
                    "{'a':{'status':7,'quota':{'ext_rw':true}}}",
                    "{'a':{'quota':{'ext_rw':'true'}},'b':{'quota':{'ext_rw':1}}}",
                    "{'a':{'quota':{'ext_rw':true,'dedicated_disk':false}}}",
                    "{'a':{'quota':{'ext_rw':true,'dedicated_disk':null}}}",
                    "{'a':{'quota':{'dedicated_vm':{'machine':'m'}}},'b':{'quota':{'ext_rw':true}}}",
                    "{'a':{'quota':{'dedicated_vm':{'machine':'m'},'dedicated_disk':{}}},'b':{'quota':{'ext_rw':true}}}",
                    "{'a':{'status':'expired','quota':{'dedicated_vm':{'machine':'m'}}},'b':{'quota':{'ext_rw':true}}}",
                    "{'a':{'quota':{'dedicated_vm':{'machine':''}}},'b':{'quota':{'ext_rw':true}}}",
                    "{'a':null,'b':'text','c':[],'d':{'quota':null},'e':{'quota':{'ext_rw':true}}}",
                    "{'a':{'quota':{'member':true}},'b':{'quota':{'ext_rw':true,'member':false}}}")
            .stream()
            .map(text -> LicensesJson.parse(text.replace('\'', '"')))
            .toList();

    private DecisionMutants() {}

    static List<Subject<?>> subjects() {
        return List.of(decisions(), texts());
    }

    private static Subject<Function<ProjectLicenses, Access>> decisions() {
        return Subject.<Function<ProjectLicenses, Access>>of(
                        "decision", licenses -> SoftwareAccess.decide(licenses).access(), DecisionMutants::judge)
                .mutant("always read-only", licenses -> Access.READ_ONLY)
                .mutant("always read-write", licenses -> Access.READ_WRITE)
                .mutant(
                        "the status is not looked at",
                        rule(
                                entry -> true,
                                DecisionMutants::noDisk,
                                DecisionMutants::hasMachine,
                                DecisionMutants::grants))
                .mutant(
                        "only active counts",
                        rule(
                                entry -> text(entry, "status").equals("\"active\"")
                                        || field(entry, "status") == JsonNull.NULL,
                                DecisionMutants::noDisk,
                                DecisionMutants::hasMachine,
                                DecisionMutants::grants))
                .mutant(
                        "the status is folded to lower case",
                        rule(
                                entry -> !text(entry, "status").equalsIgnoreCase("\"expired\"") && counts(entry),
                                DecisionMutants::noDisk,
                                DecisionMutants::hasMachine,
                                DecisionMutants::grants))
                .mutant(
                        "a future licence counts",
                        rule(
                                entry -> counts(entry) || text(entry, "status").equals("\"future\""),
                                DecisionMutants::noDisk,
                                DecisionMutants::hasMachine,
                                DecisionMutants::grants))
                .mutant(
                        "disks are not left out",
                        rule(
                                DecisionMutants::counts,
                                entry -> true,
                                DecisionMutants::hasMachine,
                                DecisionMutants::grants))
                .mutant(
                        "only a disk object is left out",
                        rule(
                                DecisionMutants::counts,
                                entry -> !(field(field(entry, "quota"), "dedicated_disk") instanceof JsonObject),
                                DecisionMutants::hasMachine,
                                DecisionMutants::grants))
                .mutant(
                        "machines are not looked at",
                        rule(DecisionMutants::counts, DecisionMutants::noDisk, entry -> false, DecisionMutants::grants))
                .mutant("a machine is seen before disks are left out", licenses -> {
                    List<JsonValue> counting = json(licenses).stream()
                            .filter(DecisionMutants::counts)
                            .toList();
                    return counting.stream().noneMatch(DecisionMutants::hasMachine)
                                    && counting.stream().anyMatch(entry -> noDisk(entry) && grants(entry))
                            ? Access.READ_WRITE
                            : Access.READ_ONLY;
                })
                .mutant(
                        "a machine without a name is none",
                        rule(
                                DecisionMutants::counts,
                                DecisionMutants::noDisk,
                                entry -> hasMachine(entry)
                                        && !text(field(field(entry, "quota"), "dedicated_vm"), "machine")
                                                .equals("\"\""),
                                DecisionMutants::grants))
                .mutant(
                        "ext_rw is taken as JavaScript takes conditions",
                        rule(DecisionMutants::counts, DecisionMutants::noDisk, DecisionMutants::hasMachine, entry -> {
                            String value = text(field(entry, "quota"), "ext_rw");
                            return !Set.of("null", "false", "0", "\"\"").contains(value);
                        }))
                .mutant(
                        "the first licence decides",
                        licenses -> licenses.entries().isEmpty()
                                ? Access.READ_ONLY
                                : SoftwareAccess.decide(ProjectLicenses.from(new JsonObject(List.of(
                                                new Member("a", json(licenses).get(0))))))
                                        .access())
                .mutant(
                        "all licences must grant",
                        licenses -> !licenses.entries().isEmpty()
                                        && json(licenses).stream().allMatch(entry -> counts(entry) && grants(entry))
                                ? Access.READ_WRITE
                                : Access.READ_ONLY);
    }

    private static Function<ProjectLicenses, Access> rule(
            Predicate<JsonValue> counts,
            Predicate<JsonValue> noDisk,
            Predicate<JsonValue> machine,
            Predicate<JsonValue> grants) {
        return licenses -> {
            List<JsonValue> left =
                    json(licenses).stream().filter(counts.and(noDisk)).toList();
            return left.stream().noneMatch(machine) && left.stream().anyMatch(grants)
                    ? Access.READ_WRITE
                    : Access.READ_ONLY;
        };
    }

    private static boolean counts(JsonValue entry) {
        return !Set.of("\"expired\"", "\"exhausted\"", "\"future\"").contains(text(entry, "status"));
    }

    private static boolean noDisk(JsonValue entry) {
        return field(field(entry, "quota"), "dedicated_disk") == JsonNull.NULL;
    }

    private static boolean hasMachine(JsonValue entry) {
        return text(field(field(entry, "quota"), "dedicated_vm"), "machine").startsWith("\"");
    }

    private static boolean grants(JsonValue entry) {
        return text(field(entry, "quota"), "ext_rw").equals("true");
    }

    private static JsonValue field(JsonValue value, String name) {
        return value instanceof JsonObject object ? object.find(name).orElse(JsonNull.NULL) : JsonNull.NULL;
    }

    private static String text(JsonValue value, String name) {
        return field(value, name).toString();
    }

    private static List<JsonValue> json(ProjectLicenses licenses) {
        return licenses.entries().stream()
                .map(entry -> entry.license().toJson())
                .toList();
    }

    private static Set<String> judge(Function<ProjectLicenses, Access> decider) {
        Set<String> caughtBy = new LinkedHashSet<>();
        CASES.forEach(licenses -> caughtBy.addAll(Projects.laws(LicenseLaws.check(licenses, decider))));
        return caughtBy;
    }

    private static Subject<Function<ProjectLicenses, String>> texts() {
        return Subject.<Function<ProjectLicenses, String>>of(
                        "writing licences", LicensesJson::write, DecisionMutants::judgeText)
                .mutant("null entries are left out", licenses -> without(licenses, "null"))
                .mutant("entries that are no objects are left out", licenses -> without(licenses, "\"text\""))
                .mutant(
                        "digits are lost",
                        licenses -> LicensesJson.write(licenses).replace("1.50", "1.5"))
                .mutant(
                        "keys are folded",
                        licenses -> LicensesJson.write(licenses).replace("\"B\"", "\"b\""));
    }

    private static String without(ProjectLicenses licenses, String value) {
        List<Member> members = new ArrayList<>(licenses.toJson().members());
        members.removeIf(member -> member.value().toString().equals(value));
        return new JsonObject(members).toString();
    }

    private static Set<String> judgeText(Function<ProjectLicenses, String> write) {
        ProjectLicenses licenses =
                LicensesJson.parse("{\"a\":null,\"B\":\"text\",\"c\":{\"quota\":{\"cpu\":1.50},\"new\":1}}");
        return Projects.laws(RepetitionLaws.checkTextAndBack("licences", licenses, write, LicensesJson::parse));
    }
}
