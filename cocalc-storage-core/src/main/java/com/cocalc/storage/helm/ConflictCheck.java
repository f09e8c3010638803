package com.cocalc.storage.helm;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.Section.Entry;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reports keys that exclude each other, by their names in the file and not by those of the model. */
final class ConflictCheck {

    /** Names that replace refused ones, so that one mistake is not reported twice. */
    static final ClaimName UNUSED_DATA = ClaimName.parse("unused.data.invalid");

    static final ClaimName UNUSED_SOFTWARE = ClaimName.parse("unused.software.invalid");
    static final ClaimName UNUSED_SHARES = ClaimName.parse("unused.shares.invalid");
    static final PathSchema UNUSED_SCHEMA = PathSchema.parse("unused.invalid/" + PathSchema.PLACEHOLDER);

    private ConflictCheck() {}

    /**
     * Builds the configuration; after a conflict one of the two values is replaced, so that the rest is checked as
     * well.
     */
    static StorageConfig build(StorageConfig.Builder storage, Section root, Problems problems) {
        while (true) {
            try {
                return storage.build();
            } catch (InvalidValueException e) {
                report(e, keysOf(e), root, problems);
                giveWay(e, storage);
            }
        }
    }

    /** Returns the keys that a setting may come from; the first one that is in the files gets the message. */
    private static List<KnownKey> keysOf(InvalidValueException e) {
        return switch (e.subject()) {
            case "softwareClaim" -> List.of(KnownKey.SOFTWARE_CLAIM, KnownKey.DATA_CLAIM);
            case "sharesClaim" -> List.of(KnownKey.SHARES_CLAIM, KnownKey.SOFTWARE_CLAIM);
            case "sharesSchema" -> List.of(KnownKey.SHARED_FILES_PATH);
            default -> throw e; // no key sets anything else
        };
    }

    private static void giveWay(InvalidValueException e, StorageConfig.Builder storage) {
        if (e.subject().equals("softwareClaim")) {
            storage.softwareClaim(UNUSED_SOFTWARE);
        } else if (e.subject().equals("sharesClaim")) {
            storage.sharesClaim(UNUSED_SHARES);
        } else {
            storage.sharesSchema(UNUSED_SCHEMA);
        }
    }

    private static void report(InvalidValueException e, List<KnownKey> keys, Section root, Problems problems) {
        List<Entry> written = keys.stream()
                .map(key -> StorageReader.find(root, key))
                .filter(Objects::nonNull)
                .toList();
        String others = written.stream()
                .skip(1)
                .map(entry -> ", also at " + entry.place())
                .collect(Collectors.joining());
        problems.add(
                written.get(0).place(),
                keys.get(0).toString(),
                inKeys(e.rule()),
                e.found() + others,
                inKeys(e.remedy()));
    }

    private static String inKeys(String words) {
        return words.replace("softwareClaim", KnownKey.SOFTWARE_CLAIM.toString())
                .replace("dataClaim", KnownKey.DATA_CLAIM.toString())
                .replace("sharesClaim", KnownKey.SHARES_CLAIM.toString())
                .replace("projectsSchema", "the projects' own path");
    }
}
