package com.cocalc.storage.testkit.rwx;

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
        Map<?, ?> parsed = (Map<?, ?>) Json.parse(Json.write(script));
        try {
            return new ScriptTrial(PosixScript.prepare(new ScriptFields(parsed)));
        } catch (ScriptFailure e) {
            return new ScriptTrial(null);
        }
    }

    /** Runs the operation, and says whether it worked. */
    boolean succeeds(Map<String, Object> op) {
        if (machine == null) {
            return true;
        }
        ScriptFields fields = new ScriptFields((Map<?, ?>) Json.parse(Json.write(op)));
        return machine.run(machine.view(fields.text("mount")), fields).containsKey("ok");
    }
}
