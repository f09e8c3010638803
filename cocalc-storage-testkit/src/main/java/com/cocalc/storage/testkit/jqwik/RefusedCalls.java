package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.Access;
import com.cocalc.storage.ClaimName;
import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.SiteLicense;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.WholeClaim;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Calls that the api refuses, by what they would make. */
final class RefusedCalls {

    static final SortedMap<Class<?>, Function<Draw, RefusedCall>> TYPES = all();

    private static final List<Function<Draw, RefusedCall>> ALL = List.copyOf(TYPES.values());

    private RefusedCalls() {}

    static RefusedCall any(Draw draw) {
        return draw.of(ALL).apply(draw);
    }

    static RefusedCall of(Draw draw, Class<?> type) {
        Function<Draw, RefusedCall> function = TYPES.get(type);
        if (function == null) {
            throw new AssertionError(type);
        }
        return function.apply(draw);
    }

    private static SortedMap<Class<?>, Function<Draw, RefusedCall>> all() {
        SortedMap<Class<?>, Function<Draw, RefusedCall>> types = new TreeMap<>(Comparator.comparing(Class::getName));
        text(types, ProjectId.class, "ProjectId.parse", RefusedTexts::uuid, ProjectId::parse);
        text(types, LicenseId.class, "LicenseId.parse", RefusedTexts::uuid, LicenseId::parse);
        text(types, ClaimName.class, "ClaimName.parse", RefusedTexts::subdomain, ClaimName::parse);
        text(types, StorageClassName.class, "StorageClassName.parse", RefusedTexts::subdomain, StorageClassName::parse);
        text(types, SubPath.class, "SubPath.parse", RefusedTexts::subPath, SubPath::parse);
        text(types, MountPath.class, "MountPath.parse", RefusedTexts::mountPath, MountPath::parse);
        text(types, ContainerPath.class, "ContainerPath.parse", RefusedTexts::containerPath, ContainerPath::parse);
        text(types, PathSchema.class, "PathSchema.parse", RefusedTexts::schema, PathSchema::parse);
        text(types, StorageSize.class, "StorageSize.parse", RefusedTexts::size, StorageSize::parse);
        text(types, JsonNumber.class, "new JsonNumber", RefusedTexts::number, JsonNumber::new);
        text(types, JsonString.class, "new JsonString", RefusedTexts::wholeText, JsonString::new);
        types.put(PosixIdentity.class, RefusedCalls::identity);
        types.put(JsonObject.class, RefusedCalls::object);
        types.put(StorageMount.class, RefusedCalls::mount);
        types.put(StorageConfig.class, RefusedConfigs::any);
        types.put(LicenseStatus.class, RefusedCalls::statusAt);
        types.put(SoftwareAccess.ReadWrite.class, RefusedCalls::readWrite);
        return Collections.unmodifiableSortedMap(types);
    }

    private static void text(
            SortedMap<Class<?>, Function<Draw, RefusedCall>> types,
            Class<?> type,
            String name,
            Function<Draw, RefusedText> texts,
            Function<String, Object> parser) {
        types.put(type, draw -> {
            RefusedText bad = texts.apply(draw);
            return new RefusedCall(type, bad.flaw(), name + "(" + bad.literal() + ")", () -> parser.apply(bad.given()));
        });
    }

    private static RefusedCall identity(Draw draw) {
        long bad = draw.of(-1L, Integer.MAX_VALUE + 1L, 4_294_967_295L, Long.MIN_VALUE, Long.MAX_VALUE);
        long good = Names.user(draw).uid();
        boolean isUid = draw.oneIn(2);
        long uid = isUid ? bad : good;
        long gid = isUid ? good : bad;
        return new RefusedCall(
                PosixIdentity.class,
                Flaw.RANGE,
                "PosixIdentity.of(" + uid + "L, " + gid + "L)",
                () -> PosixIdentity.of(uid, gid));
    }

    private static RefusedCall object(Draw draw) {
        Member member = Json.member(draw);
        List<Member> members = draw.list(0, 14, () -> Json.member(draw));
        members.add(draw.upTo(members.size()), member);
        members.add(draw.upTo(members.size()), member);
        return new RefusedCall(
                JsonObject.class,
                Flaw.CONFLICT,
                "new JsonObject(List.of(" + members + "))",
                () -> new JsonObject(members));
    }

    private static RefusedCall mount(Draw draw) {
        RefusedText bad = RefusedTexts.label(draw);
        Function<String, Object> parser = name -> StorageMount.of(
                name, ClaimName.parse("c"), WholeClaim.WHOLE_CLAIM, MountPath.parse("/m"), Access.READ_ONLY);
        return new RefusedCall(
                StorageMount.class,
                bad.flaw(),
                "StorageMount.of(" + bad.literal() + ", …)",
                () -> parser.apply(bad.given()));
    }

    private static RefusedCall statusAt(Draw draw) {
        SiteLicense row = Licenses.row(draw);
        int running = draw.of(-1, Integer.MIN_VALUE);
        return new RefusedCall(
                LicenseStatus.class,
                Flaw.RANGE,
                row + ".statusAt(Instant.EPOCH, " + running + ")",
                () -> row.statusAt(Instant.EPOCH, running));
    }

    private static RefusedCall readWrite(Draw draw) {
        return new RefusedCall(
                SoftwareAccess.ReadWrite.class,
                Flaw.EMPTY,
                "new SoftwareAccess.ReadWrite(List.of(), List.of())",
                () -> new SoftwareAccess.ReadWrite(List.of(), List.of()));
    }
}
