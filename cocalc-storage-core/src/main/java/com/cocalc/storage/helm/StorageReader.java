package com.cocalc.storage.helm;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import com.cocalc.storage.helm.Section.Entry;
import com.cocalc.storage.yaml.GoScalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Builds a configuration from the known keys. */
final class StorageReader {

    /** The largest number of digits of a size. */
    private static final int LONGEST_NUMBER = 64;

    private final Section root;
    private final Problems problems;
    private final StorageConfig.Builder storage = StorageConfig.builder();

    private StorageReader(Section root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** Returns the configuration, which is meaningless if a problem was found. */
    static StorageConfig read(Section root, Problems problems) {
        KeyCheck.check(root, problems);
        return new StorageReader(root, problems).read();
    }

    private StorageConfig read() {
        // A name that is refused gives way to one that nobody uses: the default could clash with another key.
        requireDefault(KnownKey.DATA_CLAIM, "projects-data", () -> storage.dataClaim(ConflictCheck.UNUSED_DATA));
        requireDefault(
                KnownKey.SOFTWARE_CLAIM,
                "projects-software",
                () -> storage.softwareClaim(ConflictCheck.UNUSED_SOFTWARE));
        text(KnownKey.DATA_CLAIM, ClaimName::parse, storage::dataClaim, ConflictCheck.UNUSED_DATA);
        text(KnownKey.SOFTWARE_CLAIM, ClaimName::parse, storage::softwareClaim, ConflictCheck.UNUSED_SOFTWARE);
        text(KnownKey.SHARES_CLAIM, ClaimName::parse, storage::sharesClaim, ConflictCheck.UNUSED_SHARES);
        text(KnownKey.SHARED_FILES_PATH, PathSchema::parse, storage::sharesSchema, ConflictCheck.UNUSED_SCHEMA);
        if (bool(KnownKey.FIX_PERMISSIONS_INIT, false)) {
            storage.homeOwnership(HomeOwnership.fixPermissionsInit());
        }
        CreatedClaims created = created();
        if (bool(KnownKey.CREATE, true)) {
            Runnable nothing = () -> {};
            requireDefault(KnownKey.CLASS, CreatedClaims.DEFAULTS.storageClass().toString(), nothing);
            requireDefault(KnownKey.DATA_SIZE, CreatedClaims.DEFAULTS.dataSize().toString(), nothing);
            requireDefault(
                    KnownKey.SOFTWARE_SIZE,
                    CreatedClaims.DEFAULTS.softwareSize().toString(),
                    nothing);
            storage.created(created);
        } else {
            storage.bringYourOwnClaims();
        }
        return ConflictCheck.build(storage, root, problems);
    }

    private CreatedClaims created() {
        StorageClassName[] storageClass = {CreatedClaims.DEFAULTS.storageClass()};
        text(KnownKey.CLASS, StorageClassName::parse, read -> storageClass[0] = read, storageClass[0]);
        return CreatedClaims.of(
                storageClass[0],
                size(KnownKey.DATA_SIZE, CreatedClaims.DEFAULTS.dataSize()),
                size(KnownKey.SOFTWARE_SIZE, CreatedClaims.DEFAULTS.softwareSize()));
    }

    /** Refuses a null that removes a default if the chart then has no value. */
    private void requireDefault(KnownKey key, String chartDefault, Runnable giveWay) {
        KnownKey at = findNull(key);
        Entry entry = at == null ? null : entryOf(root, at);
        if (at == null || entry == null) {
            return;
        }
        giveWay.run();
        problems.add(
                entry.place(),
                at.toString(),
                at.isMap() ? "be a map of keys" : "have a value",
                "null",
                at.isMap()
                        ? "remove the key; null removes the chart's defaults below it"
                        : "remove the key; null removes the chart's default " + MessageText.quoted(chartDefault));
    }

    /** Returns the key that is null: this one or one above it. */
    private @Nullable KnownKey findNull(KnownKey key) {
        KnownKey map = key.parent();
        if (map == null) {
            return null;
        }
        KnownKey above = findNull(map);
        if (above != null) {
            return above;
        }
        Entry entry = entryOf(root, key);
        return entry != null && entry.isNull() ? key : null;
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
        String otherwise = type == ScalarType.NUMBER ? otherNumber(valueOf(entry)) : null;
        if (otherwise != null) {
            return wrongType(
                    key,
                    entry,
                    "be a decimal number without leading zeros and underscores",
                    "write " + otherwise + ", which is how Helm reads it",
                    absent);
        }
        String rounded = type == ScalarType.NUMBER ? roundedNumber(valueOf(entry)) : null;
        if (rounded != null) {
            return wrongType(
                    key,
                    entry,
                    "be a number of at most 15 digits, or a text",
                    "write " + rounded + ", which is how Helm reads it, or put it in quotes",
                    absent);
        }
        return parsed(key, entry, StorageSize::parse, absent);
    }

    /** Returns the number that Helm reads if it rounds the digits that are written, otherwise null. */
    private static @Nullable String roundedNumber(String written) {
        if (!written.matches("[-+]?[0-9.]{16,64}(?:[eE][-+]?[0-9]{1,3})?")) {
            return null;
        }
        BigDecimal number = new BigDecimal(written);
        double read = number.doubleValue();
        BigDecimal rounded = BigDecimal.ZERO;
        for (int digits = 1; rounded.doubleValue() != read; digits++) {
            rounded = new BigDecimal(read).round(new MathContext(digits));
        }
        return rounded.compareTo(number) == 0 ? null : rounded.toPlainString();
    }

    /** Returns the number that Helm reads if a person could read another one, otherwise null. */
    private static @Nullable String otherNumber(String written) {
        boolean isOther = written.matches("[-+]?0[0-9_]+")
                || written.indexOf('_') >= 0
                || written.matches("[-+]?0[bBoOxX][-+]?[0-9a-fA-F]+");
        if (!isOther) {
            return null;
        }
        Optional<BigInteger> whole = GoScalar.findWhole(written);
        if (whole.isPresent()) {
            return whole.get().toString();
        }
        String digits = written.replace("_", "");
        return digits.length() > LONGEST_NUMBER
                ? null
                : BigDecimal.valueOf(Double.parseDouble(digits))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private boolean bool(KnownKey key, boolean chartDefault) {
        KnownKey isNull = findNull(key);
        if (isNull != null) {
            // Without a value a condition of a template does not hold; without the map Helm cannot look at it.
            if (isNull != key) {
                requireDefault(key, "", () -> {});
            }
            return false;
        }
        Entry entry = find(root, key);
        if (entry == null) {
            return chartDefault;
        }
        if (typeOf(entry) != ScalarType.BOOLEAN) {
            boolean quoted = valueOf(entry).equals("true") || valueOf(entry).equals("false");
            return wrongType(
                    key, entry, "be true or false", quoted ? "remove the quotes" : "write true or false", chartDefault);
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

    /** Returns the entry of a key, unless it is absent or null. */
    static @Nullable Entry find(Section root, KnownKey key) {
        Entry entry = entryOf(root, key);
        return entry == null || entry.isNull() ? null : entry;
    }

    private static @Nullable Entry entryOf(Section root, KnownKey key) {
        KnownKey map = key.parent();
        if (map == null) {
            return null;
        }
        Section holder = map.parent() == null ? root : sectionOf(root, map);
        return holder == null ? null : holder.find(key.name());
    }

    private static @Nullable Section sectionOf(Section root, KnownKey map) {
        Entry entry = find(root, map);
        return entry == null ? null : entry.section();
    }
}
