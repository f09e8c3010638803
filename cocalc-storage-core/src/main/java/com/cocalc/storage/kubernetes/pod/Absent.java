package com.cocalc.storage.kubernetes.pod;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Absent values, read as the API server reads them: a missing list is empty, a missing text is {@code ""}, and a null
 * in a list is an object without fields. The models return null for all of them.
 */
public final class Absent {

    private Absent() {}

    /**
     * Returns a text, or the empty text for null.
     *
     * @param text a text, or null
     * @return the text, {@code ""} for null
     */
    public static String asEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * Returns a list, or an empty one for null.
     *
     * @param <T> the type of the elements
     * @param list a list, or null
     * @return the list, without elements for null
     */
    public static <T> List<T> asEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /**
     * Returns a map, or an empty one for null.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param map a map, or null
     * @return the map, without entries for null
     */
    public static <K, V> Map<K, V> asEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    /**
     * Returns an object, or one without fields for null.
     *
     * @param <T> the type of the object
     * @param object an object, or null
     * @param empty makes an object without fields
     * @return the object, a new one for null
     */
    public static <T> T asEmpty(@Nullable T object, Supplier<T> empty) {
        return object == null ? empty.get() : object;
    }

    /**
     * Returns whether a text is missing or empty.
     *
     * @param text a text, or null
     * @return whether the text has no characters
     */
    public static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
