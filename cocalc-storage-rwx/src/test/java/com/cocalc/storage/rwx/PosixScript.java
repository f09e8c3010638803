package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ErrnoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one script of file operations on a fresh volume and answers in the form of {@code oracle.py}, which asks a real
 * kernel the same.
 */
final class PosixScript {
    private PosixScript() {}

    /** The answer to one line: results and tree, or an error. */
    static Map<String, @Nullable Object> answer(String line) {
        Object identity = null;
        try {
            Object parsed = parse(line);
            if (!(parsed instanceof Map<?, ?> map)) {
                throw new ScriptFailure("AttributeError: a script must be an object");
            }
            identity = map.get("id");
            return run(identity, new ScriptFields(map));
        } catch (ScriptFailure e) {
            return failure(identity, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object parse(String line) {
        try {
            return Json.parse(line);
        } catch (IllegalArgumentException e) {
            throw new ScriptFailure("JSONDecodeError: " + e.getMessage());
        }
    }

    private static Map<String, @Nullable Object> failure(@Nullable Object identity, String message) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", identity);
        answer.put("error", message);
        return answer;
    }

    private static Map<String, @Nullable Object> run(@Nullable Object identity, ScriptFields script) {
        ScriptMachine machine = prepare(script);
        List<Map<String, Object>> results = new ArrayList<>();
        for (ScriptFields op : script.objects("ops")) {
            results.add(machine.run(machine.view(op.text("mount")), op));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", identity);
        answer.put("results", results);
        answer.put("tree", tree(machine.setup()));
        if (!machine.setupErrors().isEmpty()) {
            answer.put("setupErrors", machine.setupErrors());
        }
        return answer;
    }

    /** Makes the volume, sets it up and mounts it. */
    static ScriptMachine prepare(ScriptFields script) {
        RwxVolume volume = volume(script);
        ScriptView setup =
                new ScriptView("setup", volume.syscalls(Mount.asRoot().umask(0)));
        ScriptMachine machine = new ScriptMachine(setup);
        machine.setUp(script.has("setup") ? script.objects("setup") : List.of());
        for (ScriptFields spec : script.objects("mounts")) {
            machine.add(ScriptView.of(spec, volume));
        }
        return machine;
    }

    private static List<Map<String, Object>> tree(ScriptView root) {
        try {
            return ScriptAnswers.tree(root.calls());
        } catch (ErrnoException e) {
            throw new ScriptFailure("outside an operation: " + e.errno().text());
        }
    }

    private static RwxVolume volume(ScriptFields script) {
        RwxVolumeBuilder builder = RwxVolume.builder();
        if (!script.has("volume")) {
            return builder.build();
        }
        ScriptFields spec = ScriptFields.of(script.value("volume"), "volume");
        builder.rootMode((int) natural(spec, "mode", 0755) & 07777);
        // To tmpfs 0 is no limit.
        long bytes = natural(spec, "bytes", 0);
        if (bytes > 0) {
            builder.capacity(bytes);
        }
        long inodes = natural(spec, "inodes", 0);
        if (inodes > 0) {
            builder.inodes(inodes);
        }
        return builder.build();
    }

    /** What mount(8) takes for a number. */
    private static long natural(ScriptFields spec, String name, long otherwise) {
        long number = spec.number(name, otherwise);
        if (number < 0) {
            throw new ScriptFailure(
                    "outside an operation: " + name + " of volume must not be negative, but was " + number);
        }
        return number;
    }
}
