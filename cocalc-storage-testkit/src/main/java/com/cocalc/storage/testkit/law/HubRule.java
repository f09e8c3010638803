package com.cocalc.storage.testkit.law;

import com.cocalc.storage.Access;
import com.cocalc.storage.JsonValue;
import com.cocalc.storage.JsonValue.JsonBoolean;
import com.cocalc.storage.JsonValue.JsonNull;
import com.cocalc.storage.JsonValue.JsonObject;
import com.cocalc.storage.JsonValue.JsonString;
import java.util.List;
import java.util.Set;

/**
 * A second implementation of the hub's rule about the software, on the stored JSON, in the hub's own order of steps. It
 * shares no code with the decision that it judges.
 */
final class HubRule {

    private static final Set<String> OVER = Set.of("expired", "exhausted", "future");

    private HubRule() {}

    static Access access(List<JsonValue> entries) {
        List<JsonValue> left = entries.stream().filter(HubRule::counts).toList();
        return left.stream().noneMatch(HubRule::carriesMachine)
                        && left.stream().anyMatch(entry -> field(quota(entry), "ext_rw") == JsonBoolean.TRUE)
                ? Access.READ_WRITE
                : Access.READ_ONLY;
    }

    static boolean grants(JsonValue entry) {
        return counts(entry) && field(quota(entry), "ext_rw") == JsonBoolean.TRUE;
    }

    /** Returns whether an entry counts after steps 1 and 2. */
    private static boolean counts(JsonValue entry) {
        boolean isOver = field(entry, "status") instanceof JsonString status && OVER.contains(status.text());
        return !isOver && field(quota(entry), "dedicated_disk") == JsonNull.NULL;
    }

    static boolean carriesMachine(JsonValue entry) {
        return field(field(quota(entry), "dedicated_vm"), "machine") instanceof JsonString;
    }

    private static JsonValue quota(JsonValue entry) {
        return field(entry, "quota");
    }

    /**
     * Returns a field as JavaScript does, where a missing field of anything but an object does not differ from null
     * here.
     */
    private static JsonValue field(JsonValue value, String name) {
        return value instanceof JsonObject object ? object.find(name).orElse(JsonNull.NULL) : JsonNull.NULL;
    }
}
