package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.disk.Stat;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the operations of one script; keeps the handles that it left open. */
final class ScriptMachine {
    private final ScriptView setup;
    private final List<Map<String, Object>> setupErrors = new ArrayList<>();
    private final Map<String, ScriptView> views = new HashMap<>();
    private final ScriptHandles handles = new ScriptHandles();

    ScriptMachine(ScriptView setup) {
        this.setup = setup;
    }

    /** Root on the whole volume. */
    ScriptView setup() {
        return setup;
    }

    List<Map<String, Object>> setupErrors() {
        return setupErrors;
    }

    void setUp(List<ScriptFields> ops) {
        for (int i = 0; i < ops.size(); i++) {
            Object errno = run(setup, ops.get(i)).get("errno");
            if (errno != null) {
                Map<String, Object> error = new LinkedHashMap<>();
                error.put("index", i);
                error.put("errno", errno);
                setupErrors.add(error);
            }
        }
    }

    void add(ScriptView view) {
        views.put(view.name(), view);
    }

    ScriptView view(String name) {
        ScriptView view = views.get(name);
        if (view == null) {
            throw new ScriptFailure("KeyError: '" + name + "'");
        }
        return view;
    }

    /** The answer of one operation. */
    Map<String, Object> run(ScriptView view, ScriptFields op) {
        try {
            Object value = perform(view, op, op.text("op"));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("ok", true);
            if (value != null) {
                answer.put("value", value);
            }
            return answer;
        } catch (ErrnoException e) {
            return Map.of("errno", e.errno().name());
        }
    }

    private @Nullable Object perform(ScriptView view, ScriptFields op, String name) throws ErrnoException {
        Syscalls calls = view.calls();
        switch (name) {
            case "mkdir" -> calls.mkdir(null, op.path("path"), op.mode("mode", 0777));
            case "rmdir" -> calls.rmdir(null, op.path("path"));
            case "unlink" -> calls.unlink(null, op.path("path"));
            case "rename" -> rename(view, op);
            case "link" -> link(view, op);
            case "symlink" -> calls.symlink(op.path("target"), null, op.path("path"));
            case "readlink" -> {
                return ByteText.withSurrogates(calls.readlink(null, op.path("path")));
            }
            case "create" -> create(calls, op);
            case "open" -> open(calls, op);
            case "write" -> openWriteClose(calls, op, OpenFlags.WRITE, 0);
            case "append" -> openWriteClose(calls, op, OpenFlags.WRITE | OpenFlags.APPEND, 0);
            case "truncate" -> calls.truncate(null, op.path("path"), op.number("size"));
            case "read", "readdir" -> {
                return read(calls, op, name);
            }
            case "stat", "lstat" -> {
                Stat stat = calls.stat(null, op.path("path"), name.equals("stat"));
                return ScriptAnswers.attributes(stat, op.flag("times"));
            }
            case "chmod" -> calls.chmod(null, op.path("path"), op.mode("mode"), true);
            case "chown" -> chown(calls, op);
            case "access" -> calls.access(null, op.encodablePath("path"), ScriptFlags.access(op.text("want", "")));
            case "utimes" -> utimes(calls, op);
            default -> {
                return handles.perform(calls, op, name);
            }
        }
        return null;
    }

    private void create(Syscalls calls, ScriptFields op) throws ErrnoException {
        int flags = OpenFlags.WRITE | OpenFlags.CREAT | OpenFlags.TRUNC | (op.flag("excl") ? OpenFlags.EXCL : 0);
        openWriteClose(calls, op, flags, op.mode("mode", 0666));
    }

    private void open(Syscalls calls, ScriptFields op) throws ErrnoException {
        byte[] path = op.path("path");
        int flags = op.has("flags") ? ScriptFlags.open(op.list("flags")) : OpenFlags.READ;
        int mode = op.mode("mode", 0666);
        if (!op.has("handle")) {
            openWriteClose(calls, op, flags, mode);
            return;
        }
        handles.keep(op, () -> calls.open(null, path, flags, mode));
    }

    private static void openWriteClose(Syscalls calls, ScriptFields op, int flags, int mode) throws ErrnoException {
        ScriptHandle handle = new ScriptHandle(calls.open(null, op.path("path"), flags, mode));
        try {
            ScriptContent.write(handle, ScriptContent.of(op));
        } finally {
            handle.file.close();
        }
    }

    private static Object read(Syscalls calls, ScriptFields op, String name) throws ErrnoException {
        boolean isFile = name.equals("read");
        int flags = OpenFlags.READ | (isFile ? 0 : OpenFlags.DIRECTORY);
        ScriptHandle handle = new ScriptHandle(calls.open(null, op.path("path"), flags, 0));
        try {
            return isFile ? ScriptContent.read(handle) : ScriptAnswers.names(handle.file.readdir());
        } finally {
            handle.file.close();
        }
    }

    private void rename(ScriptView view, ScriptFields op) throws ErrnoException {
        if (!op.has("toMount")) {
            view.calls().rename(null, op.path("path"), null, op.path("to"));
            return;
        }
        try (ScriptNames names = ScriptNames.of(this, view, op)) {
            view.calls().rename(names.sourceDirectory(), names.source(), names.targetDirectory(), names.target());
        }
    }

    private void link(ScriptView view, ScriptFields op) throws ErrnoException {
        if (!op.has("toMount")) {
            view.calls().link(null, op.path("path"), null, op.path("to"));
            return;
        }
        try (ScriptNames names = ScriptNames.of(this, view, op)) {
            view.calls().link(names.sourceDirectory(), names.source(), names.targetDirectory(), names.target());
        }
    }

    private static void chown(Syscalls calls, ScriptFields op) throws ErrnoException {
        long uid = op.id("uid");
        long gid = op.id("gid");
        calls.chown(null, op.path("path"), uid, gid, !op.flag("nofollow"));
    }

    private static void utimes(Syscalls calls, ScriptFields op) throws ErrnoException {
        boolean isNow = op.flag("now");
        calls.utimens(
                null,
                op.path("path"),
                isNow ? Syscalls.UTIME_NOW : op.time("atimeNs"),
                isNow ? Syscalls.UTIME_NOW : op.time("mtimeNs"),
                !op.flag("nofollow"));
    }
}
