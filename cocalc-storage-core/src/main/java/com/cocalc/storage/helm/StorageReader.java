package com.cocalc.storage.helm;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.helm.Section.Entry;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Makes a configuration of the known keys. */
final class StorageReader {

    private final Section root;
    private final Problems problems;
    private final StorageConfig.Builder storage = StorageConfig.builder();

    private StorageReader(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** The configuration; of no use where a problem was found. */
    static StorageConfig read(Section root, Problems problems) {
        KeyCheck.check(root, problems);
        return new StorageReader(root, problems).read();
    }

    private StorageConfig read() {
        // A name that is refused gives way to one that nobody uses: the default could clash with another key.
        text(KnownKey.DATA_CLAIM, ClaimName::parse, storage::dataClaim, ClashCheck.UNUSED_DATA);
        text(KnownKey.SOFTWARE_CLAIM, ClaimName::parse, storage::softwareClaim, ClashCheck.UNUSED_SOFTWARE);
        text(KnownKey.SHARES_CLAIM, ClaimName::parse, storage::sharesClaim, ClashCheck.UNUSED_SHARES);
        text(KnownKey.SHARED_FILES_PATH, PathSchema::parse, storage::sharesSchema, ClashCheck.UNUSED_SCHEMA);
        if (bool(KnownKey.FIX_PERMISSIONS_INIT, false)) {
            storage.homeOwnership(HomeOwnership.fixPermissionsInit());
        }
        CreatedClaims created = created();
        if (bool(KnownKey.CREATE, true)) {
            storage.created(created);
        } else {
            storage.bringYourOwnClaims();
        }
        return ClashCheck.build(storage, root, problems);
    }

    private CreatedClaims created() {
        StorageClassName[] storageClass = {CreatedClaims.DEFAULTS.storageClass()};
        text(KnownKey.CLASS, StorageClassName::parse, read -> storageClass[0] = read, storageClass[0]);
        return CreatedClaims.of(
                storageClass[0],
                size(KnownKey.DATA_SIZE, CreatedClaims.DEFAULTS.dataSize()),
                size(KnownKey.SOFTWARE_SIZE, CreatedClaims.DEFAULTS.softwareSize()));
    }

    private <T> void text(KnownKey key, Function<String, T> parse, Consumer<T> setting, T inPlace) {
        Entry entry = find(root, key);
        if (entry != null) {
            boolean isText = typeOf(entry) == ScalarType.TEXT;
            setting.accept(
                    isText
                            ? parsed(key, entry, parse, inPlace)
                            : wrongType(key, entry, "be a text", textRemedy(entry), inPlace));
        }
    }

    private StorageSize size(KnownKey key, StorageSize absent) {
        Entry entry = find(root, key);
        if (entry == null) {
            return absent;
        }
        ScalarType type = typeOf(entry);
        if (type != ScalarType.TEXT && type != ScalarType.NUMBER) {
            return wrongType(key, entry, "be a quantity", "write for example 10Gi", absent);
        }
        if (type == ScalarType.NUMBER && valueOf(entry).matches("0[0-9_]+")) {
            return wrongType(
                    key, entry, "be a decimal number", "remove the leading 0, it makes the number octal", absent);
        }
        return parsed(key, entry, StorageSize::parse, absent);
    }

    private boolean bool(KnownKey key, boolean absent) {
        Entry entry = find(root, key);
        if (entry == null) {
            return absent;
        }
        if (typeOf(entry) != ScalarType.BOOLEAN) {
            boolean quoted = valueOf(entry).equals("true") || valueOf(entry).equals("false");
            return wrongType(
                    key, entry, "be true or false", quoted ? "remove the quotes" : "write true or false", absent);
        }
        return ScalarType.booleanOf((ScalarNode) entry.value());
    }

    private <T> T parsed(KnownKey key, Entry entry, Function<String, T> parse, T inPlace) {
        try {
            return parse.apply(valueOf(entry));
        } catch (InvalidValueException e) {
            problems.add(entry.place(), key.toString(), e.rule(), e.found(), e.remedy());
            return inPlace;
        }
    }

    private <T> T wrongType(KnownKey key, Entry entry, String rule, String remedy, T inPlace) {
        boolean tagged = typeOf(entry) == ScalarType.TAGGED;
        problems.add(
                entry.place(),
                key.toString(),
                tagged ? "have no tag" : rule,
                Shown.value(entry.value()),
                tagged ? "remove the tag" : remedy);
        return inPlace;
    }

    private static String textRemedy(Entry entry) {
        return entry.value() instanceof ScalarNode
                ? "put it in quotes"
                : "write one text, in quotes if it has brackets";
    }

    private static @Nullable ScalarType typeOf(Entry entry) {
        return entry.value() instanceof ScalarNode scalar ? ScalarType.of(scalar) : null;
    }

    private static String valueOf(Entry entry) {
        return entry.value() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The entry of a key, unless it is absent or null. */
    static @Nullable Entry find(Section root, KnownKey key) {
        KnownKey map = key.parent();
        if (map == null) {
            return null;
        }
        Section holder = map.parent() == null ? root : sectionOf(root, map);
        Entry entry = holder == null ? null : holder.find(key.name());
        return entry == null || entry.isNull() ? null : entry;
    }

    private static @Nullable Section sectionOf(Section root, KnownKey map) {
        Entry entry = find(root, map);
        return entry == null ? null : entry.section();
    }
}
