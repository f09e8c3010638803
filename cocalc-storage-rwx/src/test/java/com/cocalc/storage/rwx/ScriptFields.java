package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an object of a script, with their types. Failures are named as Python names them. */
record ScriptFields(Map<?, ?> map) {
    private static final long MAX_ID = 4_294_967_295L;

    static ScriptFields of(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return new ScriptFields(map);
        }
        throw new ScriptFailure("TypeError: " + what + " must be an object");
    }

    boolean has(String name) {
        return map.containsKey(name);
    }

    @Nullable
    Object value(String name) {
        return map.get(name);
    }

    private Object require(String name) {
        if (!has(name)) {
            throw new ScriptFailure("KeyError: '" + name + "'");
        }
        Object value = map.get(name);
        if (value == null) {
            throw new ScriptFailure("TypeError: " + name + " must not be null");
        }
        return value;
    }

    String text(String name) {
        if (require(name) instanceof String text) {
            return text;
        }
        throw new ScriptFailure("TypeError: " + name + " must be a string");
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** A path: bytes that are no UTF-8 are lone surrogates, and NUL cannot be passed to the kernel. */
    byte[] path(String name) {
        String text = text(name);
        if (text.indexOf('\0') >= 0) {
            throw new ScriptFailure("ValueError: embedded null byte");
        }
        try {
            return ByteText.toBytes(text);
        } catch (IllegalArgumentException e) {
            throw new ScriptFailure("UnicodeEncodeError: " + e.getMessage());
        }
    }

    /** A path that the oracle hands to C itself: only what is UTF-8 gets there. */
    byte[] encodablePath(String name) {
        requireEncodable(name, text(name));
        return path(name);
    }

    /** Refuses lone surrogates, which stand for bytes that are no UTF-8. */
    static void requireEncodable(String name, String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new ScriptFailure("UnicodeEncodeError: " + name + " must be encodable, but has a lone surrogate");
        }
    }

    long number(String name) {
        Object value = require(name);
        if (value instanceof BigInteger number && number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        throw new ScriptFailure("TypeError: " + name + " must be an integer of 64 bits");
    }

    long number(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /** A user or group to be set, or -1 to leave it. */
    long id(String name) {
        long id = number(name, -1);
        if (id < -1 || id > MAX_ID) {
            throw new ScriptFailure("OverflowError: " + name + " must be -1 to " + MAX_ID + ", but was " + id);
        }
        return id;
    }

    /** Nanoseconds since 1970; the two smallest numbers stand for no time. */
    long time(String name) {
        long time = number(name, 0);
        if (time <= Syscalls.UTIME_OMIT) {
            throw new ScriptFailure(
                    "OverflowError: " + name + " must be above " + Syscalls.UTIME_OMIT + ", but was " + time);
        }
        return time;
    }

    int mode(String name, int otherwise) {
        return has(name) ? mode(name) : otherwise;
    }

    int mode(String name) {
        long mode = number(name);
        if (mode != (int) mode) {
            throw new ScriptFailure("OverflowError: " + name + " does not fit into an int");
        }
        return (int) mode;
    }

    /** As Python takes a value for true. */
    boolean flag(String name) {
        Object value = map.get(name);
        return value != null
                && !value.equals(false)
                && !value.equals("")
                && !value.equals(BigInteger.ZERO)
                && !(value instanceof List<?> list && list.isEmpty())
                && !(value instanceof Map<?, ?> object && object.isEmpty());
    }

    List<?> list(String name) {
        if (require(name) instanceof List<?> list) {
            return list;
        }
        throw new ScriptFailure("TypeError: " + name + " must be a list");
    }

    List<ScriptFields> objects(String name) {
        List<ScriptFields> objects = new ArrayList<>();
        for (Object value : list(name)) {
            objects.add(of(value, "each of " + name));
        }
        return objects;
    }
}
