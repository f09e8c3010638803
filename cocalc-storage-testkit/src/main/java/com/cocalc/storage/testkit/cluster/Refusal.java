package com.cocalc.storage.testkit.cluster;

import com.cocalc.storage.kubernetes.apiserver.ServerAnswer;
import java.util.List;

/**
 * The answer of the API server to an object that it refuses.
 *
 * @param code the HTTP status: 400, 403 (Pod Security), 404 (no such namespace), 409 (the name exists) or 422
 * @param reason the reason in one line
 * @param fields the fields, as the server writes paths; empty if it names none
 */
public record Refusal(int code, String reason, List<String> fields) {

    /**
     * Copies the list.
     *
     * @param code the HTTP status
     * @param reason the reason
     * @param fields the fields
     */
    public Refusal {
        fields = List.copyOf(fields);
    }

    static Refusal of(ServerAnswer answer) {
        return new Refusal(answer.code(), answer.reason(), answer.fields());
    }

    /** Returns the status and the reason. */
    @Override
    public String toString() {
        return code + ": " + reason;
    }
}
