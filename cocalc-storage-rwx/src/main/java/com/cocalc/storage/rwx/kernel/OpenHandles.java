package com.cocalc.storage.rwx.kernel;

import com.cocalc.storage.rwx.call.OpenHandle;
import com.cocalc.storage.rwx.disk.ByteText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The open handles, each with the stack trace of its opening. */
public final class OpenHandles {
    private final Map<Object, OpenHandle> open = new ConcurrentHashMap<>();

    void opened(Object description, byte[] path, Syscalls system) {
        List<StackTraceElement> trace = StackWalker.getInstance()
                .walk(frames -> frames.skip(1)
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .toList());
        open.put(description, new OpenHandle(ByteText.withSurrogates(path), system.toString(), trace));
    }

    void closed(Object description) {
        open.remove(description);
    }

    public List<OpenHandle> list() {
        return List.copyOf(open.values());
    }
}
