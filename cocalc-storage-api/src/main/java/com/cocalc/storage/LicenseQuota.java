package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonNumber;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import com.cocalc.storage.JsonValue.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one licence contributes to a project.
 *
 * <p>The hub's database does not type these fields. A field of a wrong type counts as absent, an unknown field has no
 * effect, and both are kept: {@link #toJson()} returns everything that was read.
 *
 * <pre>{@code
 * LicenseQuota quota = LicenseQuota.builder()
 *         .cpu(new BigDecimal("2"))
 *         .extRw()
 *         .build();
 * }</pre>
 */
public final class LicenseQuota {

    private final JsonObject json;
    private final @Nullable JsonValue extRw;
    private final @Nullable JsonValue dedicatedDisk;
    private final @Nullable DedicatedVm dedicatedVm;
    private final boolean hasPatch;
    private final List<String> misfits;

    private LicenseQuota(JsonObject json) {
        this.json = json;
        JsonValue writing = null;
        JsonValue disk = null;
        DedicatedVm machine = null;
        boolean patched = false;
        List<String> strange = List.of();
        for (Member member : json.members()) {
            switch (member.name()) {
                case "ext_rw" -> writing = member.value();
                case "dedicated_disk" -> disk = member.value();
                case "dedicated_vm" -> machine = QuotaField.machineOf(member.value());
                case "patch" -> patched = member.value() instanceof JsonString;
                default -> {}
            }
            if (!QuotaField.fits(member.name(), member.value())) {
                strange = strange.isEmpty() ? new ArrayList<>(2) : strange;
                strange.add(member.name());
            }
        }
        extRw = writing;
        dedicatedDisk = disk == JsonNull.NULL ? null : disk;
        dedicatedVm = machine;
        hasPatch = patched;
        misfits = List.copyOf(strange);
    }

    /**
     * Reads a quota as it is stored. Any fields are accepted.
     *
     * @param json the object
     * @return the quota
     */
    public static LicenseQuota from(JsonObject json) {
        return new LicenseQuota(requireNonNull(json, "json"));
    }

    /** {@return a new builder of an empty quota} */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** {@return a new builder that starts from this quota, unknown fields included} */
    public Builder toBuilder() {
        return new Builder(json.members());
    }

    /** {@return the memory that the project shares with others, in GB: the field {@code ram}, if it is a number} */
    public Optional<BigDecimal> ram() {
        return number("ram");
    }

    /** {@return the memory reserved for the project, in GB: the field {@code dedicated_ram}, if it is a number} */
    public Optional<BigDecimal> dedicatedRam() {
        return number("dedicated_ram");
    }

    /** {@return the processors shared with others, in cores: the field {@code cpu}, if it is a number} */
    public Optional<BigDecimal> cpu() {
        return number("cpu");
    }

    /**
     * {@return the processors reserved for the project, in cores: the field {@code dedicated_cpu}, if it is a number}
     */
    public Optional<BigDecimal> dedicatedCpu() {
        return number("dedicated_cpu");
    }

    /** {@return the disk space of the home, in GB: the field {@code disk}, if it is a number} */
    public Optional<BigDecimal> disk() {
        return number("disk");
    }

    /**
     * {@return whether the project starts again when it stops: the field {@code always_running}, if it is a boolean}
     */
    public Optional<Boolean> alwaysRunning() {
        return bool(find("always_running"));
    }

    /** {@return whether the project runs on members' machines: the field {@code member}, if it is a boolean} */
    public Optional<Boolean> member() {
        return bool(find("member"));
    }

    /** {@return whether this licence adds to another one: the field {@code boost}, if it is a boolean} */
    public Optional<Boolean> boost() {
        return bool(find("boost"));
    }

    /**
     * Returns whether this licence grants write access to the software. Only the JSON boolean {@code true} does;
     * {@code 1} and {@code "true"} do not.
     *
     * @return the field {@code ext_rw}, if it is a boolean
     */
    public Optional<Boolean> extRw() {
        return bool(extRw);
    }

    /** {@return the kind of customer that the licence is sold to: the field {@code user}, if it is a known one} */
    public Optional<LicenseUser> user() {
        return QuotaField.find(LicenseUser.values(), find("user"));
    }

    /**
     * {@return the time without use after which the project is stopped: the field {@code idle_timeout}, if it is a
     * known one}
     */
    public Optional<IdleTimeout> idleTimeout() {
        return QuotaField.find(IdleTimeout.values(), find("idle_timeout"));
    }

    /**
     * Returns the changes to the project's pod: the text of a JSON array of RFC 6902 operations. It is applied after
     * everything else and can change every mount.
     *
     * @return the field {@code patch}, if it is a text
     */
    public Optional<String> patch() {
        return find("patch") instanceof JsonString patch ? Optional.of(patch.text()) : Optional.empty();
    }

    /**
     * {@return the graphics processors: a boolean, or an object with their number and where they are: the field
     * {@code gpu}, if it is a boolean or an object}
     */
    public Optional<JsonValue> gpu() {
        return json.find("gpu").filter(gpu -> gpu != JsonNull.NULL && QuotaField.fits("gpu", gpu));
    }

    /**
     * Returns the dedicated machine, which takes write access to the software away even if its name is empty.
     *
     * @return the field {@code dedicated_vm}, if it is an object with a text {@code machine}
     */
    public Optional<DedicatedVm> dedicatedVm() {
        return Optional.ofNullable(dedicatedVm);
    }

    /**
     * Returns the dedicated disk. A licence with this field is left out of the decision about the software whatever its
     * value is, even {@code false} or an empty object.
     *
     * @return the field {@code dedicated_disk}, if it is there and not null
     */
    public Optional<JsonValue> dedicatedDisk() {
        return Optional.ofNullable(dedicatedDisk);
    }

    /**
     * {@return the names of the fields that have no effect because they are unknown or of a wrong type, in their order}
     */
    public List<String> misfits() {
        return misfits;
    }

    /** {@return the object with all its fields, in their order, as the database has it} */
    public JsonObject toJson() {
        return json;
    }

    /** Returns whether this licence grants write access; a plain field, because every decision asks every licence. */
    boolean grantsWriting() {
        return extRw == JsonBoolean.TRUE;
    }

    /** Returns whether there is a patch to apply to the pod. */
    boolean hasPatch() {
        return hasPatch;
    }

    /** Returns the dedicated machine, or null if there is none. */
    @Nullable
    DedicatedVm machine() {
        return dedicatedVm;
    }

    boolean hasDedicatedDisk() {
        return dedicatedDisk != null;
    }

    /** Returns the field {@code ext_rw} as it is stored, or null if there is none. */
    @Nullable
    JsonValue storedExtRw() {
        return extRw;
    }

    private @Nullable JsonValue find(String name) {
        return json.find(name).orElse(null);
    }

    private Optional<BigDecimal> number(String name) {
        return find(name) instanceof JsonNumber number ? QuotaField.decimal(number) : Optional.empty();
    }

    private static Optional<Boolean> bool(@Nullable JsonValue value) {
        return value instanceof JsonBoolean bool ? Optional.of(bool == JsonBoolean.TRUE) : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LicenseQuota that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Returns the JSON text. */
    @Override
    public String toString() {
        return json.toString();
    }

    /** Collects fields; a field that is set twice keeps its first position. */
    public static final class Builder {

        private final List<Member> members;

        private Builder(List<Member> members) {
            this.members = new ArrayList<>(members);
        }

        /**
         * Sets the shared memory.
         *
         * @param gigabytes in GB
         * @return this builder
         */
        public Builder ram(BigDecimal gigabytes) {
            return field("ram", QuotaField.number(gigabytes));
        }

        /**
         * Sets the reserved memory.
         *
         * @param gigabytes in GB
         * @return this builder
         */
        public Builder dedicatedRam(BigDecimal gigabytes) {
            return field("dedicated_ram", QuotaField.number(gigabytes));
        }

        /**
         * Sets the shared processors.
         *
         * @param cores in cores
         * @return this builder
         */
        public Builder cpu(BigDecimal cores) {
            return field("cpu", QuotaField.number(cores));
        }

        /**
         * Sets the reserved processors.
         *
         * @param cores in cores
         * @return this builder
         */
        public Builder dedicatedCpu(BigDecimal cores) {
            return field("dedicated_cpu", QuotaField.number(cores));
        }

        /**
         * Sets the disk space of the home.
         *
         * @param gigabytes in GB
         * @return this builder
         */
        public Builder disk(BigDecimal gigabytes) {
            return field("disk", QuotaField.number(gigabytes));
        }

        /**
         * Starts the project again whenever it stops.
         *
         * @return this builder
         */
        public Builder alwaysRunning() {
            return field("always_running", JsonBoolean.TRUE);
        }

        /**
         * Runs the project on members' machines.
         *
         * @return this builder
         */
        public Builder member() {
            return field("member", JsonBoolean.TRUE);
        }

        /**
         * Marks the licence as one that adds to another licence.
         *
         * @return this builder
         */
        public Builder boost() {
            return field("boost", JsonBoolean.TRUE);
        }

        /**
         * Grants write access to the software, which all projects share.
         *
         * @return this builder
         */
        public Builder extRw() {
            return field("ext_rw", JsonBoolean.TRUE);
        }

        /**
         * Sets the kind of customer that the licence is sold to.
         *
         * @param user the kind of customer
         * @return this builder
         */
        public Builder user(LicenseUser user) {
            return field("user", new JsonString(user.toString()));
        }

        /**
         * Sets the time without use after which the project is stopped.
         *
         * @param timeout the time without use
         * @return this builder
         */
        public Builder idleTimeout(IdleTimeout timeout) {
            return field("idle_timeout", new JsonString(timeout.toString()));
        }

        /**
         * Sets the changes to the project's pod.
         *
         * @param patch a JSON array of RFC 6902 operations, as text
         * @return this builder
         */
        public Builder patch(String patch) {
            return field("patch", new JsonString(patch));
        }

        /**
         * Sets the dedicated machine.
         *
         * @param machine the machine
         * @return this builder
         */
        public Builder dedicatedVm(DedicatedVm machine) {
            return field("dedicated_vm", machine.toJson());
        }

        /**
         * Sets any field: one that this library does not know, {@code gpu}, {@code dedicated_disk}, or a value of a
         * wrong type, as the database may have it.
         *
         * @param name the field
         * @param value its value
         * @return this builder
         */
        public Builder field(String name, JsonValue value) {
            Member member = new Member(name, value);
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).name().equals(name)) {
                    members.set(i, member);
                    return this;
                }
            }
            members.add(member);
            return this;
        }

        /** {@return the quota} */
        public LicenseQuota build() {
            return new LicenseQuota(new JsonObject(members));
        }
    }
}
