package com.cocalc.storage.testkit.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Copies of objects, so that a caller cannot change the cluster's own. */
final class Copy {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Copy() {}

    @SuppressWarnings("unchecked") // the copy has the class of the object
    static <T> T of(T object) {
        try {
            return (T) MAPPER.treeToValue(MAPPER.valueToTree(object), object.getClass());
        } catch (JsonProcessingException e) {
            throw new AssertionError("the server has read it", e);
        }
    }
}
