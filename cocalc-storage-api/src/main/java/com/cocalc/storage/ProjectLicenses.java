package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The licences of one project, in order (the hub's column {@code site_license}).
 *
 * <p>The order does not affect access. It is the order in which the licences' patches are applied to the pod, and in
 * which the licences are named.
 *
 * <pre>{@code
 * LicenseQuota quota = LicenseQuota.builder().extRw().build();
 * ProjectLicenses licenses = ProjectLicenses.of(Map.of(
 *         LicenseId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13"), ProjectLicense.active(quota)));
 * }</pre>
 */
public final class ProjectLicenses {

    private static final ProjectLicenses NONE = new ProjectLicenses(List.of());

    private final List<Entry> entries;
    private final @Nullable LicenseName dedicatedMachine;

    private ProjectLicenses(List<Entry> entries) {
        this.entries = entries;
        dedicatedMachine = findDedicatedMachine(entries);
    }

    /**
     * One licence with its name.
     *
     * @param name the name of the licence
     * @param license the licence
     */
    public record Entry(LicenseName name, ProjectLicense license) {

        /**
         * Checks that neither part is null.
         *
         * @param name the name of the licence
         * @param license the licence
         */
        public Entry {
            requireNonNull(name, "name");
            requireNonNull(license, "license");
        }
    }

    /**
     * A patch that is applied to the project's pod.
     *
     * @param license the licence that carries it
     * @param text the text of a JSON array of RFC 6902 operations, as it is stored; it may be malformed
     */
    public record EffectivePatch(LicenseName license, String text) {

        /**
         * Checks that neither part is null.
         *
         * @param license the licence that carries it
         * @param text the text of a JSON array of RFC 6902 operations
         */
        public EffectivePatch {
            requireNonNull(license, "license");
            requireNonNull(text, "text");
        }
    }

    /**
     * Returns the empty list of licences. Pay-as-you-go starts are computed with it.
     *
     * @return no licences
     */
    public static ProjectLicenses none() {
        return NONE;
    }

    /**
     * Returns the licences of a map.
     *
     * @param licenses the licences; the order in which the map iterates is kept
     * @return the licences
     * @throws NullPointerException if a key or a value is null
     */
    public static ProjectLicenses of(Map<LicenseId, ProjectLicense> licenses) {
        List<Entry> entries = new ArrayList<>(licenses.size());
        licenses.forEach((id, license) ->
                entries.add(entry(entries.size() + 1, requireNonNull(id, "id").toString(), license)));
        return new ProjectLicenses(List.copyOf(entries));
    }

    /**
     * Returns active licences without ids, named by their position.
     *
     * @param quotas what they contribute
     * @return the licences
     * @throws NullPointerException if one is null
     */
    public static ProjectLicenses active(Collection<LicenseQuota> quotas) {
        if (quotas.isEmpty()) {
            return NONE;
        }
        List<Entry> entries = new ArrayList<>(quotas.size());
        for (LicenseQuota quota : quotas) {
            entries.add(new Entry(new LicenseName(entries.size() + 1, null), ProjectLicense.active(quota)));
        }
        return new ProjectLicenses(List.copyOf(entries));
    }

    /**
     * Reads the column as it is stored. Any keys and entries are accepted.
     *
     * @param map the column
     * @return the licences
     */
    public static ProjectLicenses from(JsonObject map) {
        List<Entry> entries = new ArrayList<>(map.members().size());
        for (Member member : map.members()) {
            entries.add(entry(entries.size() + 1, member.name(), ProjectLicense.from(member.value())));
        }
        return entries.isEmpty() ? NONE : new ProjectLicenses(List.copyOf(entries));
    }

    private static Entry entry(int position, String key, ProjectLicense license) {
        return new Entry(new LicenseName(position, key), license);
    }

    /** {@return the licences with their names, in order} */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * Finds a licence by its id. Both letter cases of a key are one id.
     *
     * @param id its id
     * @return the licence, if the project has it
     */
    public Optional<ProjectLicense> find(LicenseId id) {
        return entries.stream()
                .filter(entry -> entry.name().id().filter(id::equals).isPresent())
                .map(Entry::license)
                .findFirst();
    }

    /**
     * Returns the patches that the hub applies to the project's pod: those of the licences that take part in the
     * decision about the software, and none at all if one of these has a dedicated machine.
     *
     * @return the patches that are text, in the order in which they are applied
     */
    public List<EffectivePatch> effectivePatches() {
        return entries.stream()
                .filter(entry -> appliesPatchOf(entry.license()))
                .map(entry -> new EffectivePatch(
                        entry.name(),
                        entry.license().quota().flatMap(LicenseQuota::patch).orElseThrow()))
                .toList();
    }

    /** Returns whether a licence of this project has a patch that the hub applies. */
    boolean appliesPatchOf(ProjectLicense license) {
        return dedicatedMachine == null
                && license.counts()
                && license.quota().flatMap(LicenseQuota::patch).isPresent();
    }

    /** Returns the first licence that takes part and has a dedicated machine, if there is one. */
    @Nullable
    LicenseName dedicatedMachine() {
        return dedicatedMachine;
    }

    private static @Nullable LicenseName findDedicatedMachine(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.license().machine() != null && entry.license().counts()) {
                return entry.name();
            }
        }
        return null;
    }

    /**
     * Returns the column with all its entries.
     *
     * @return the column as the database has it
     * @throws IllegalStateException if the licences were given without ids, which a map cannot hold
     */
    public JsonObject toJson() {
        List<Member> members = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            String key = entry.name()
                    .key()
                    .orElseThrow(() -> new IllegalStateException("site_license must have an id for each licence, but "
                            + entry.name() + " has none; use ProjectLicenses.of with ids"));
            members.add(new Member(key, entry.license().toJson()));
        }
        return new JsonObject(members);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProjectLicenses that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** Returns the licences in words. */
    @Override
    public String toString() {
        return entries.toString();
    }
}
