package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.LicenseName;
import com.cocalc.storage.MessageText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of a licence's patch: a change of a pod as in RFC 6902. */
public final class PatchOperation {

    private final LicenseName license;
    private final int index;
    private final ObjectNode json;

    PatchOperation(LicenseName license, int index, ObjectNode json) {
        this.license = license;
        this.index = index;
        this.json = json;
    }

    /**
     * Returns the licence whose patch contains the operation.
     *
     * @return its name
     */
    public LicenseName license() {
        return license;
    }

    /**
     * Returns the index of the operation in that patch.
     *
     * @return the index, from 0
     */
    public int index() {
        return index;
    }

    /**
     * Returns the kind of the operation.
     *
     * @return {@code add}, {@code remove}, {@code replace}, {@code move}, {@code copy} or {@code test}
     */
    public String op() {
        return json.path("op").textValue();
    }

    /**
     * Returns the path that the operation changes.
     *
     * @return the text that the licence has, which should be a JSON pointer into the pod
     */
    public String path() {
        return json.path("path").textValue();
    }

    /** The operation itself; never changed. */
    JsonNode json() {
        return json;
    }

    /** Names the operation in a message. */
    String inWords() {
        return "operation " + index + " (" + op() + " " + MessageText.quoted(path()) + ") of the patch of " + license;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatchOperation that
                && index == that.index
                && license.equals(that.license)
                && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return 31 * license.hashCode() + index;
    }

    /** Returns the operation as JSON. */
    @Override
    public String toString() {
        return json.toString();
    }
}
