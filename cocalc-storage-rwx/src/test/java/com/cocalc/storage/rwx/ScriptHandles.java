package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.call.Errno;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The handles that one script keeps open, by the names that it gives them, and what it does with them. */
final class ScriptHandles {
    private final Map<Object, ScriptHandle> kept = new HashMap<>();

    /** What opens the file of a handle. */
    @FunctionalInterface
    interface Opener {
        OpenFile open() throws ErrnoException;
    }

    /** Opens a handle; one that has the name already is closed afterwards. */
    void keep(ScriptFields op, Opener opener) throws ErrnoException {
        Object key = key(op);
        ScriptHandle old = kept.put(key, new ScriptHandle(opener.open()));
        if (old != null) {
            old.file.close();
        }
    }

    /** The operations on handles, which start with {@code h}. */
    @Nullable
    Object perform(Syscalls calls, ScriptFields op, String name) throws ErrnoException {
        switch (name) {
            case "hread" -> {
                ScriptHandle handle = handle(op);
                handle.position = 0;
                return ScriptContent.read(handle);
            }
            case "hwrite" -> write(calls, op);
            case "htruncate" -> handle(op).file.usedBy(calls).truncate(op.number("size"));
            case "hstat" -> {
                return ScriptAnswers.attributes(handle(op).file.stat(), op.flag("times"));
            }
            case "hreaddir" -> {
                return ScriptAnswers.names(handle(op).file.readdir());
            }
            case "hclose" -> {
                handle(op).file.close();
                kept.remove(key(op));
            }
            default -> throw new ScriptFailure("ValueError: unknown op " + name);
        }
        return null;
    }

    private void write(Syscalls calls, ScriptFields op) throws ErrnoException {
        ScriptHandle handle = handle(op);
        ScriptHandle used = new ScriptHandle(handle.file.usedBy(calls));
        used.position = handle.position;
        if (op.has("offset")) {
            long offset = op.number("offset");
            if (offset < 0) {
                throw ErrnoException.of(Errno.EINVAL);
            }
            used.position = offset;
            handle.position = offset;
        }
        try {
            ScriptContent.write(used, ScriptContent.of(op));
        } finally {
            handle.position = used.position;
        }
    }

    private ScriptHandle handle(ScriptFields op) throws ErrnoException {
        ScriptHandle handle = kept.get(key(op));
        if (handle == null) {
            throw ErrnoException.of(Errno.EBADF);
        }
        return handle;
    }

    private static Object key(ScriptFields op) {
        Object key = op.value("handle");
        if (!op.has("handle")) {
            throw new ScriptFailure("KeyError: 'handle'");
        }
        if (key instanceof Collection<?> || key instanceof Map<?, ?>) {
            throw new ScriptFailure("TypeError: handle must be a string or a number");
        }
        return key == null ? "null" : key;
    }
}
