package com.cocalc.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of every value: its text reads back, its builder gives it back, equal texts give equal values. */
final class ValuesPropertiesTest {

    @Provide
    Arbitrary<UUID> uuids() {
        return Values.uuids();
    }

    @Provide
    Arbitrary<String> badUuids() {
        return Values.badUuids();
    }

    @Provide
    Arbitrary<String> dnsNames() {
        return Values.dnsNames();
    }

    @Provide
    Arbitrary<SubPath> subPaths() {
        return Values.subPaths();
    }

    @Provide
    Arbitrary<String> badSubPaths() {
        return Values.badSubPaths();
    }

    @Provide
    Arbitrary<PathSchema> schemas() {
        return RandomConfigs.schemas().map(PathSchema::parse);
    }

    @Provide
    Arbitrary<StorageConfig> configs() {
        return RandomConfigs.configs();
    }

    @Provide
    Arbitrary<String> sizes() {
        return Values.sizes();
    }

    @Provide
    Arbitrary<JsonValue> json() {
        return Values.json();
    }

    @Provide
    Arbitrary<JsonValue> quotas() {
        return Values.quotas();
    }

    @Provide
    Arbitrary<SiteLicense> rows() {
        return Values.rows();
    }

    @Property
    void anIdReadsBackInEitherLetterCase(@ForAll("uuids") UUID uuid) {
        ProjectId project = ProjectId.of(uuid);
        LicenseId license = LicenseId.of(uuid);

        assertThat(ProjectId.parse(project.toString())).isEqualTo(project).hasSameHashCodeAs(project);
        assertThat(ProjectId.parse(project.toString().toUpperCase(Locale.ROOT))).isEqualTo(project);
        assertThat(LicenseId.parse(license.toString().toUpperCase(Locale.ROOT))).isEqualTo(license);
        assertThat(ProjectId.parse(project.toString()).toString()).isEqualTo(uuid.toString());
    }

    @Property
    void aDamagedIdIsRefused(@ForAll("badUuids") String text) {
        assertThatThrownBy(() -> ProjectId.parse(text)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> LicenseId.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Property
    void aNameReadsBack(@ForAll("dnsNames") String name) {
        assertThat(ClaimName.parse(name)).hasToString(name).isEqualTo(ClaimName.parse(name));
        assertThat(StorageClassName.parse(name)).hasToString(name);
    }

    @Property
    void aPathReadsBack(@ForAll("subPaths") SubPath path) {
        String text = path.toString();

        assertThat(SubPath.parse(text)).isEqualTo(path).hasSameHashCodeAs(path);
        assertThat(MountPath.parse("/a/" + text))
                .hasToString("/a/" + text)
                .isEqualTo(MountPath.parse("/a").resolve(path));
        assertThat(ContainerPath.parse("/" + text)).hasToString("/" + text);
    }

    @Property
    void aPathWithABadElementIsRefused(@ForAll("badSubPaths") String text) {
        assertThatThrownBy(() -> SubPath.parse(text)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> PathSchema.parse(text + "/[project_id]")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> PathSchema.parse("[project_id]/" + text)).isInstanceOf(InvalidValueException.class);
    }

    @Property
    void aSchemaReadsBack(@ForAll("schemas") PathSchema schema) {
        assertThat(PathSchema.parse(schema.toString())).isEqualTo(schema).hasSameHashCodeAs(schema);
    }

    @Property
    void matchIsTheInverseOfResolve(@ForAll("schemas") PathSchema schema, @ForAll("uuids") UUID uuid) {
        ProjectId project = ProjectId.of(uuid);
        SubPath directory = schema.resolve(project);

        assertThat(schema.match(directory)).contains(project);
        assertThat(SubPath.parse(directory.toString())).isEqualTo(directory);
        assertThat(schema.match(directory.resolve(SubPath.parse("a")))).isEmpty();
        assertThat(
                        schema.prefix() instanceof SubPath prefix
                                ? prefix.resolve(schema.behindPrefix().resolve(project))
                                : schema.behindPrefix().resolve(project))
                .isEqualTo(directory);
    }

    @Property
    void whatMatchesIsWhatResolveGives(
            @ForAll("schemas") PathSchema schema, @ForAll("schemas") PathSchema other, @ForAll("uuids") UUID uuid) {
        SubPath path = other.resolve(ProjectId.of(uuid));

        schema.match(path)
                .ifPresent(project -> assertThat(schema.resolve(project)).isEqualTo(path));
    }

    @Property
    void twoProjectsNeverShareADirectoryNorPartOfOne(
            @ForAll("schemas") PathSchema schema, @ForAll("uuids") UUID one, @ForAll("uuids") UUID other) {
        Assume.that(!one.equals(other));
        SubPath here = schema.resolve(ProjectId.of(one));
        SubPath there = schema.resolve(ProjectId.of(other));

        assertThat(here.contains(there)).isFalse();
        assertThat(there.contains(here)).isFalse();
    }

    @Property
    void schemasThatDoNotMeetNeverShareADirectory(
            @ForAll("schemas") PathSchema projects,
            @ForAll("schemas") PathSchema shares,
            @ForAll("uuids") UUID one,
            @ForAll("uuids") UUID other) {
        Assume.that(!projects.meets(shares));
        SubPath home = projects.resolve(ProjectId.of(one));
        SubPath share = shares.resolve(ProjectId.of(other));

        assertThat(shares.meets(projects)).isFalse();
        assertThat(home.contains(share) || share.contains(home)).isFalse();
    }

    @Property
    void aConfigurationIsGivenBackByItsBuilder(@ForAll("configs") StorageConfig config) {
        StorageConfig again = config.toBuilder().build();

        assertThat(again).isEqualTo(config).hasSameHashCodeAs(config).hasToString(config.toString());
    }

    @Property
    void equalConfigurationsBehaveAlike(@ForAll("configs") StorageConfig config) {
        StorageConfig said =
                config.toBuilder().sharesClaim(config.sharesClaim()).build();
        StorageConfig moved = config.toBuilder().dataClaim("moved").build();

        assertThat(said).isEqualTo(config);
        assertThat(said.toBuilder().dataClaim("moved").build()).isEqualTo(moved);
    }

    @Property
    void aSizeReadsBackAsItWasWritten(@ForAll("sizes") String text) {
        StorageSize size = StorageSize.parse(text);

        assertThat(size).hasToString(text);
        assertThat(StorageSize.parse(size.bytes().toString())).isEqualTo(size).hasSameHashCodeAs(size);
    }

    @Property
    void anIdentityIsItsTwoNumbers(@ForAll int uid, @ForAll int gid) {
        PosixIdentity identity = PosixIdentity.of(uid & Integer.MAX_VALUE, gid & Integer.MAX_VALUE);

        assertThat(identity).hasToString(identity.uid() + ":" + identity.gid());
    }

    @Property
    void jsonReadsBackWithItsDigitsAndItsOrder(@ForAll("json") JsonValue value) {
        assertThat(JsonOf.text(value.toString())).isEqualTo(value).hasSameHashCodeAs(value);
        assertThat(value.toString()).doesNotContain("\n", "\u0000");
    }

    @Property
    void aQuotaIsGivenBackByItsBuilder(@ForAll("quotas") JsonValue value) {
        Assume.that(value instanceof JsonObject);
        LicenseQuota quota = LicenseQuota.from((JsonObject) value);

        assertThat(quota.toBuilder().build()).isEqualTo(quota).hasSameHashCodeAs(quota);
        assertThat(JsonOf.quota(quota.toString())).isEqualTo(quota);
    }

    @Property
    void aRowIsGivenBackByItsBuilder(@ForAll("rows") SiteLicense row) {
        assertThat(row.toBuilder().build())
                .isEqualTo(row)
                .hasSameHashCodeAs(row)
                .hasToString(row.toString());
    }

    @Property
    void aLicenceThatHasExpiredStaysExpired(@ForAll("rows") SiteLicense row) {
        boolean over = false;
        for (long second = -3; second <= 3; second++) {
            LicenseStatus status = row.statusAt(Instant.ofEpochSecond(second), 0);
            assertThat(over && status != LicenseStatus.EXPIRED).isFalse();
            over = status == LicenseStatus.EXPIRED;
        }
    }
}
