package com.cocalc.storage.kubernetes.apiserver;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is not there, read as the API server reads it: a missing list is empty, a missing text is {@code ""}, a null in
 * a list is an object without fields. The models hand out null for all of them.
 */
public final class Absent {

    private Absent() {}

    public static String asEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    public static <T> List<T> asEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    public static <K, V> Map<K, V> asEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    public static <T> T asEmpty(@Nullable T object, Supplier<T> empty) {
        return object == null ? empty.get() : object;
    }

    static int asZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    public static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    public static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
