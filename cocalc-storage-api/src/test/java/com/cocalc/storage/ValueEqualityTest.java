package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.LicenseRemark.Kind;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All value types of the model that are classes: equal by what they hold, and of no other type. */
final class ValueEqualityTest {

    private static final UUID ID = UUID.fromString("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
    private static final UUID OTHER_ID = UUID.fromString("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11");
    private static final StorageConfig OTHER_CONFIG =
            StorageConfig.builder().dataClaim("homes").build();

    /** Makes values of one type that all differ, in one part each; each call makes new objects. */
    private record Type(String name, Supplier<List<Object>> values) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Type> types() {
        return List.of(
                new Type("ProjectId", () -> List.of(ProjectId.of(ID), ProjectId.of(OTHER_ID))),
                new Type("LicenseId", () -> List.of(LicenseId.of(ID), LicenseId.of(OTHER_ID))),
                new Type("LicenseName", () -> List.of(name(1), name(2), name("x", 1))),
                new Type("ClaimName", () -> List.of(ClaimName.parse("a"), ClaimName.parse("b"))),
                new Type("StorageClassName", () -> List.of(StorageClassName.parse("a"), StorageClassName.parse("b"))),
                new Type("StorageSize", () -> List.of(StorageSize.parse("1Gi"), StorageSize.parse("2Gi"))),
                new Type("MountPath", () -> List.of(MountPath.parse("/a"), MountPath.parse("/b"))),
                new Type("ContainerPath", () -> List.of(ContainerPath.parse("/a"), ContainerPath.parse("/b"))),
                new Type("SubPath", () -> List.of(SubPath.parse("a"), SubPath.parse("b"))),
                new Type(
                        "PathSchema",
                        () -> List.of(PathSchema.parse("a/[project_id]"), PathSchema.parse("[project_id]/a"))),
                new Type(
                        "PosixIdentity",
                        () -> List.of(PosixIdentity.of(1, 2), PosixIdentity.of(2, 2), PosixIdentity.of(1, 1))),
                new Type(
                        "DedicatedVm",
                        () -> List.of(DedicatedVm.of("m", "n"), DedicatedVm.of("k", "n"), DedicatedVm.of("m", ""))),
                new Type(
                        "CreatedClaims",
                        () -> List.of(
                                claims("a", "1", "2"),
                                claims("b", "1", "2"),
                                claims("a", "3", "2"),
                                claims("a", "1", "3"))),
                new Type(
                        "StorageMount",
                        () -> List.of(
                                mount("v", "c", "p", "/m", Access.READ_WRITE),
                                mount("w", "c", "p", "/m", Access.READ_WRITE),
                                mount("v", "d", "p", "/m", Access.READ_WRITE),
                                mount("v", "c", "q", "/m", Access.READ_WRITE),
                                mount("v", "c", "p", "/n", Access.READ_WRITE),
                                mount("v", "c", "p", "/m", Access.READ_ONLY))),
                new Type(
                        "FilePlace",
                        () -> List.of(
                                FilePlace.of(ClaimName.parse("a"), SubPath.parse("p"), List.of()),
                                FilePlace.of(ClaimName.parse("b"), SubPath.parse("p"), List.of()),
                                FilePlace.of(ClaimName.parse("a"), SubPath.parse("q"), List.of()),
                                FilePlace.of(
                                        ClaimName.parse("a"),
                                        SubPath.parse("p"),
                                        List.of(sight(StorageService.HUB_NEXT, "/a", Access.READ_ONLY))))),
                new Type(
                        "FilePlace.Sight",
                        () -> List.of(
                                sight(StorageService.HUB_NEXT, "/a", Access.READ_ONLY),
                                sight(StorageService.HUB_PROXY, "/a", Access.READ_ONLY),
                                sight(StorageService.HUB_NEXT, "/b", Access.READ_ONLY),
                                sight(StorageService.HUB_NEXT, "/a", Access.READ_WRITE))),
                new Type(
                        "DenialReason",
                        () -> List.of(
                                DenialReason.noExtRw(name(1)),
                                DenialReason.noExtRw(name(2)),
                                DenialReason.strangeEntry(name(1), JsonOf.text("1")),
                                DenialReason.strangeEntry(name(1), JsonOf.text("2")),
                                DenialReason.extRwNotBoolean(name(1), JsonOf.text("1")),
                                DenialReason.dedicatedDisk(name(1), JsonOf.text("1"), true),
                                DenialReason.dedicatedDisk(name(1), JsonOf.text("1"), false))),
                new Type(
                        "LicenseRemark",
                        () -> List.of(
                                LicenseRemark.of(Kind.KEY_IS_NO_ID, name(1)),
                                LicenseRemark.of(Kind.CARRIES_PATCH, name(1)),
                                LicenseRemark.of(Kind.KEY_IS_NO_ID, name(2)),
                                LicenseRemark.of(Kind.KEY_IS_NO_ID, name(1), JsonOf.text("1")))),
                new Type("LicenseQuota", () -> List.of(JsonOf.quota("{}"), JsonOf.quota("{\"ext_rw\":true}"))),
                new Type(
                        "ProjectLicense",
                        () -> List.of(ProjectLicense.from(JsonOf.text("1")), ProjectLicense.from(JsonOf.text("2")))),
                new Type("ProjectLicenses", () -> List.of(ProjectLicenses.none(), licenses())),
                new Type("StorageConfig", () -> List.of(StorageConfig.defaults(), OTHER_CONFIG)),
                new Type(
                        "StorageModel",
                        () -> List.of(StorageModel.of(StorageConfig.defaults()), StorageModel.of(OTHER_CONFIG))),
                new Type(
                        "ServiceVolumes",
                        () -> List.of(
                                ServiceVolumes.forService(StorageService.MANAGE_COPY),
                                ServiceVolumes.forService(StorageService.MANAGE_SHARE),
                                ServiceVolumes.forService(StorageService.MANAGE_COPY, OTHER_CONFIG))),
                new Type(
                        "ProjectVolumes",
                        () -> List.of(
                                ProjectVolumes.forProject(ID, ProjectLicenses.none()),
                                ProjectVolumes.forProject(OTHER_ID, ProjectLicenses.none()),
                                ProjectVolumes.forProject(ID, licenses()),
                                ProjectVolumes.forProject(ID, ProjectLicenses.none(), OTHER_CONFIG))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aValueEqualsWhatHoldsTheSame(Type type) {
        List<Object> values = type.values().get();
        List<Object> again = type.values().get();
        assertThat(values).doesNotHaveDuplicates().isEqualTo(again);
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i)).hasSameHashCodeAs(again.get(i)).isNotEqualTo(new Object());
            assertThat(again.get(i)).hasToString(values.get(i).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void valuesThatDifferAreSpreadInAHashTableAndDifferInWords(Type type) {
        List<Object> values = type.values().get();
        assertThat(values.stream().map(Object::hashCode)).doesNotHaveDuplicates();
        assertThat(values.stream().map(Object::toString)).allMatch(text -> !text.isEmpty());
    }

    @Test
    void idsGiveTheirUuidBack() {
        assertThat(ProjectId.of(ID).uuid()).isEqualTo(ID);
        assertThat(LicenseId.of(ID).uuid()).isEqualTo(ID);
        assertThat(StorageClassName.parse("a").value()).isEqualTo("a");
        assertThat(licenses().toString()).contains(ID.toString());
    }

    private static LicenseName name(int position) {
        LicenseQuota quota = JsonOf.quota("{}");
        return ProjectLicenses.active(List.of(quota, quota))
                .entries()
                .get(position - 1)
                .name();
    }

    private static LicenseName name(String key, int position) {
        return JsonOf.licenses("{\"" + key + "\":{}}")
                .entries()
                .get(position - 1)
                .name();
    }

    private static ProjectLicenses licenses() {
        return JsonOf.licenses("{\"" + ID + "\":{\"quota\":{\"ext_rw\":true}}}");
    }

    private static CreatedClaims claims(String storageClass, String data, String software) {
        return CreatedClaims.of(
                StorageClassName.parse(storageClass), StorageSize.parse(data), StorageSize.parse(software));
    }

    private static StorageMount mount(String volume, String claim, String part, String path, Access access) {
        return StorageMount.of(volume, ClaimName.parse(claim), SubPath.parse(part), MountPath.parse(path), access);
    }

    private static FilePlace.Sight sight(StorageService service, String path, Access access) {
        return FilePlace.Sight.of(service, ContainerPath.parse(path), access);
    }
}
