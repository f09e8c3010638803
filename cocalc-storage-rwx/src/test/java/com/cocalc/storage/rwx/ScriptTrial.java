package com.cocalc.storage.rwx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fake running a script while it is being made, so that the generator can ask what would succeed. */
final class ScriptTrial {
    private final @Nullable ScriptMachine machine;

    private ScriptTrial(@Nullable ScriptMachine machine) {
        this.machine = machine;
    }

    /** Sets up what the script has so far. */
    static ScriptTrial of(Map<String, Object> script) {
        ScriptFields parsed = ScriptFields.of(Json.parse(Json.write(script)), "a script");
        try {
            return new ScriptTrial(PosixScript.prepare(parsed));
        } catch (ScriptFailure e) {
            return new ScriptTrial(null);
        }
    }

    /** Runs the operation, and says whether it worked. */
    boolean succeeds(Map<String, Object> op) {
        if (machine == null) {
            return true;
        }
        ScriptFields fields = ScriptFields.of(Json.parse(Json.write(op)), "an operation");
        return machine.run(machine.view(fields.text("mount")), fields).containsKey("ok");
    }
}
