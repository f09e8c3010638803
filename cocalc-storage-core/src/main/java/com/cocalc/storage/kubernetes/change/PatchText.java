package com.cocalc.storage.kubernetes.change;

import com.cocalc.storage.LicenseName;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.change.OmittedPatch.Reason;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The text of a licence's patch, read as the hub reads it: all of it, or none.
 *
 * <p>The author of a licence may be a stranger, so the text is bounded in every direction.
 */
final class PatchText {

    static final int LONGEST = 65_536;
    static final int DEEPEST = 64;
    static final int MOST_OPERATIONS = 200;

    /** The largest number below which a double has every whole number. */
    private static final double LARGEST_WHOLE = 1L << 53;

    private static final Set<String> KNOWN_OPS = Set.of("add", "remove", "replace", "move", "copy", "test");
    private static final ObjectReader READER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST)
                            .maxNameLength(LONGEST)
                            .build())
                    .build())
            .reader()
            .with(new AsTheHubWrites())
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PatchText() {}

    static List<PatchOperation> parse(LicenseName license, String text) throws Omitted {
        if (text.length() > LONGEST) {
            throw new Omitted(Reason.TOO_LARGE, "at most " + LONGEST + " characters, but has " + text.length());
        }
        JsonNode patch;
        try {
            patch = READER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new Omitted(Reason.TOO_LARGE, "at most " + DEEPEST + " levels deep, with numbers of everyday length");
        } catch (JsonProcessingException e) {
            throw new Omitted(Reason.NOT_JSON, "but is not at " + place(e.getLocation()));
        }
        if (!patch.isArray()) {
            String found = patch.isMissingNode() ? "nothing" : kind(patch);
            throw new Omitted(patch.isMissingNode() ? Reason.NOT_JSON : Reason.NOT_OPERATIONS, "but is " + found);
        }
        if (patch.size() > MOST_OPERATIONS) {
            throw new Omitted(Reason.TOO_LARGE, "at most " + MOST_OPERATIONS + " operations, but has " + patch.size());
        }
        List<PatchOperation> operations = new ArrayList<>(patch.size());
        for (JsonNode element : patch) {
            operations.add(operation(license, operations.size(), element));
        }
        return operations;
    }

    private static PatchOperation operation(LicenseName license, int index, JsonNode element) throws Omitted {
        if (!(element instanceof ObjectNode object)) {
            throw new Omitted(Reason.NOT_OPERATIONS, "but element " + index + " is " + kind(element));
        }
        JsonNode op = object.path("op");
        if (!op.isTextual() || !KNOWN_OPS.contains(op.textValue())) {
            String found = op.isTextual() ? MessageText.quoted(op.textValue()) : kind(op);
            throw new Omitted(Reason.NOT_OPERATIONS, "but the op of element " + index + " is " + found);
        }
        if (!object.path("path").isTextual()) {
            throw new Omitted(
                    Reason.NOT_OPERATIONS, "but the path of element " + index + " is " + kind(object.path("path")));
        }
        return new PatchOperation(license, index, object);
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            case MISSING -> "absent";
            case BINARY, POJO -> throw new AssertionError(node.getNodeType()); // no JSON text gives these
        };
    }

    /** A whole number loses its point on its way through the hub, and so fits a field for whole numbers. */
    private static final class AsTheHubWrites extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(double number) {
            boolean isWhole = number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
            return isWhole ? numberNode((long) number) : super.numberNode(number);
        }
    }

    /** Why a text is not used. */
    static final class Omitted extends Exception {

        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Omitted(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }

        OmittedPatch of(LicenseName license) {
            return new OmittedPatch(license, reason, String.valueOf(getMessage()));
        }
    }
}
