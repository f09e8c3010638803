package com.cocalc.storage.json;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonArray;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.Member;
import com.cocalc.storage.ProjectLicenses;
import org.jspecify.annotations.Nullable;

/**
 * The column {@code site_license} of the hub's database: a JSON object of licence id to what that licence contributes.
 *
 * <p>The column is untyped. All JSON in it is kept: entries of any type, unknown fields, the order, the digits of
 * numbers. A text that is not one whole JSON object is refused, because a part of it could grant what the rest takes
 * away.
 *
 * <pre>{@code
 * ProjectLicenses licenses = LicensesJson.parse("""
 *         {"3f5ea6cb-d334-4dfe-a43f-2072073c2b13": {"status": "active", "quota": {"ext_rw": true}}}""");
 * String column = LicensesJson.write(licenses);
 * }</pre>
 */
public final class LicensesJson {

    /** The largest depth of nested objects and arrays, including the outermost object. */
    static final int DEEPEST = 100;

    /** The largest size of the document in UTF-8. */
    static final int LONGEST_BYTES = 16 << 20;

    private LicensesJson() {}

    /**
     * Parses the column.
     *
     * <p>{@code null} (what SQL's NULL becomes) and {@code {}} are an empty set of licences. A byte order mark at the
     * start is skipped and not counted.
     *
     * @param text one JSON object, or {@code null}
     * @return the licences, in the order of the document
     * @throws MalformedLicensesException if the text is empty, not JSON, not an object, has more text after the object,
     *     is nested deeper than 100 or longer than 16 MiB in UTF-8, or if it has a name twice in one object or an
     *     unpaired surrogate
     */
    public static ProjectLicenses parse(@Nullable String text) {
        if (text == null) {
            return ProjectLicenses.none();
        }
        String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
        long bytes = utf8Bytes(document);
        if (bytes > LONGEST_BYTES) {
            throw new MalformedLicensesException(
                    "be at most " + LONGEST_BYTES + " bytes long in UTF-8",
                    bytes + " bytes long",
                    Place.START,
                    "check where it comes from, no map of licences is that long");
        }
        return DocumentReader.read(document);
    }

    /**
     * Writes the column.
     *
     * @param licenses licences with ids
     * @return JSON without blanks, in the order of the licences; {@code {}} if there are none
     * @throws IllegalStateException if a licence was given without an id, which a map cannot hold
     * @throws IllegalArgumentException if {@link #parse} would refuse the document: it is nested deeper than 100 or
     *     longer than 16 MiB in UTF-8
     */
    public static String write(ProjectLicenses licenses) {
        JsonObject document = licenses.toJson();
        if (isDeeperThan(DEEPEST, document)) {
            throw InvalidValueException.of(
                    "site_license",
                    "be nested at most " + DEEPEST + " deep",
                    "deeper",
                    "remove the entry that is, no licence needs it");
        }
        String text = document.toString();
        long bytes = utf8Bytes(text);
        if (bytes > LONGEST_BYTES) {
            throw InvalidValueException.of(
                    "site_license",
                    "be at most " + LONGEST_BYTES + " bytes long in UTF-8",
                    bytes + " bytes long",
                    "remove the longest entries");
        }
        return text;
    }

    /** Returns whether a value is nested more deeply; it looks no deeper, so that no nesting fills the stack. */
    private static boolean isDeeperThan(int levels, JsonValue value) {
        if (value instanceof JsonObject object) {
            if (levels == 0) {
                return true;
            }
            for (Member member : object.members()) {
                if (isDeeperThan(levels - 1, member.value())) {
                    return true;
                }
            }
        } else if (value instanceof JsonArray array) {
            if (levels == 0) {
                return true;
            }
            for (JsonValue element : array.elements()) {
                if (isDeeperThan(levels - 1, element)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the number of bytes, or only the number of characters if the text cannot be too long. */
    private static long utf8Bytes(String text) {
        int length = text.length();
        if (length <= LONGEST_BYTES / 3) {
            return length;
        }
        long bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // Three bytes for two halves of a pair are one too many: each half counts for two.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
