package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.DenialReason;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.LicenseName;
import com.cocalc.storage.LicenseRemark;
import com.cocalc.storage.SoftwareAccess;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Decisions about the software, and the sentences they are made of. */
final class Decisions {

    /** Each kind of reason, in the order of its declaration. */
    static final Map<Class<? extends DenialReason>, Function<Draw, ? extends DenialReason>> REASONS = Map.of(
            DenialReason.NotActive.class,
            draw -> new DenialReason.NotActive(name(draw), Licenses.over(draw), grant(draw)),
            DenialReason.HasDedicatedDisk.class,
            draw -> new DenialReason.HasDedicatedDisk(name(draw), Json.value(draw), grant(draw)),
            DenialReason.HasDedicatedMachine.class,
            draw -> new DenialReason.HasDedicatedMachine(name(draw), Quotas.dedicatedVm(draw), grant(draw)),
            DenialReason.BesideDedicatedMachine.class,
            draw -> new DenialReason.BesideDedicatedMachine(name(draw), name(draw)),
            DenialReason.NoExtRw.class,
            draw -> new DenialReason.NoExtRw(name(draw)),
            DenialReason.ExtRwNotBoolean.class,
            draw -> new DenialReason.ExtRwNotBoolean(name(draw), Json.leaf(draw)),
            DenialReason.StrangeEntry.class,
            draw -> new DenialReason.StrangeEntry(name(draw), Json.leaf(draw)),
            DenialReason.StrangeQuota.class,
            draw -> new DenialReason.StrangeQuota(name(draw), Json.leaf(draw)));

    /** Each kind of remark. */
    static final Map<Class<? extends LicenseRemark>, Function<Draw, ? extends LicenseRemark>> REMARKS = Map.of(
            LicenseRemark.CarriesPatch.class,
            draw -> new LicenseRemark.CarriesPatch(name(draw)),
            LicenseRemark.UnknownStatus.class,
            draw -> new LicenseRemark.UnknownStatus(name(draw), Json.leaf(draw)),
            LicenseRemark.FieldsKept.class,
            draw -> new LicenseRemark.FieldsKept(name(draw), fields(draw)),
            LicenseRemark.KeyIsNoId.class,
            draw -> new LicenseRemark.KeyIsNoId(name(draw)),
            LicenseRemark.MachineNotSeen.class,
            draw -> new LicenseRemark.MachineNotSeen(name(draw)),
            LicenseRemark.EntryIgnored.class,
            draw -> new LicenseRemark.EntryIgnored(name(draw), Json.leaf(draw)),
            LicenseRemark.QuotaIgnored.class,
            draw -> new LicenseRemark.QuotaIgnored(name(draw), Json.leaf(draw)),
            LicenseRemark.HubCannotCompute.class,
            draw -> new LicenseRemark.HubCannotCompute(name(draw), quotaThatIsNone(draw)));

    private static final List<Function<Draw, ? extends DenialReason>> ALL_REASONS = sorted(REASONS);
    private static final List<Function<Draw, ? extends LicenseRemark>> ALL_REMARKS = sorted(REMARKS);

    private Decisions() {}

    /** The order of a map of this kind differs in every JVM, and samples must not. */
    private static <T> List<Function<Draw, ? extends T>> sorted(
            Map<Class<? extends T>, Function<Draw, ? extends T>> kinds) {
        return kinds.entrySet().stream()
                .sorted(Comparator.comparing(kind -> kind.getKey().getName()))
                .<Function<Draw, ? extends T>>map(Map.Entry::getValue)
                .toList();
    }

    static SoftwareAccess access(Draw draw) {
        return SoftwareAccess.decide(Licenses.map(draw));
    }

    static SoftwareAccess.ReadWrite readWrite(Draw draw) {
        return (SoftwareAccess.ReadWrite)
                SoftwareAccess.decide(LicenseCase.granting(draw).licenses());
    }

    static SoftwareAccess.ReadOnly readOnly(Draw draw) {
        return (SoftwareAccess.ReadOnly)
                SoftwareAccess.decide(LicenseCase.denying(draw).licenses());
    }

    static DenialReason reason(Draw draw) {
        return draw.of(ALL_REASONS).apply(draw);
    }

    static LicenseRemark remark(Draw draw) {
        return draw.of(ALL_REMARKS).apply(draw);
    }

    private static LicenseName name(Draw draw) {
        return Licenses.name(draw);
    }

    private static DenialReason.Grant grant(Draw draw) {
        return draw.of(DenialReason.Grant.values());
    }

    private static List<String> fields(Draw draw) {
        return draw.list(1, 3, () -> draw.of("cores", "quota.field_of_tomorrow", "a b", ""));
    }

    private static JsonValue quotaThatIsNone(Draw draw) {
        return draw.oneIn(2) ? Json.number(draw) : JsonBoolean.TRUE;
    }
}
