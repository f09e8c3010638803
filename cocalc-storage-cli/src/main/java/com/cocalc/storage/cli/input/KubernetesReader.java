package com.cocalc.storage.cli.input;

import com.cocalc.storage.cli.output.Table;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads objects of Kubernetes one after the other, so that a list may be longer than memory: YAML or JSON, one document
 * or several, lists of objects, and whatever {@code kubectl get} prints.
 */
public final class KubernetesReader {

    private static final ObjectMapper TREES = new JsonMapper();
    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLFactory YAML =
            YAMLFactory.builder().loaderOptions(endless()).build();
    private static final int AHEAD = 8192;

    /** What some programs on Windows write first. */
    private static final int BYTE_ORDER_MARK = '\ufeff';

    private static final int SHOWN = 40;
    private static final String ADVICE = "; give what kubectl get -o yaml prints";

    private final String name;
    private final Wish wish;
    private final Consumer<KubernetesObject> receiver;
    private int objects;
    private int documents;

    private KubernetesReader(String name, Wish wish, Consumer<KubernetesObject> receiver) {
        this.name = name;
        this.wish = wish;
        this.receiver = receiver;
    }

    /** What is wanted of an object. */
    private enum Wish {
        ALL,
        ALL_BUT_STATUS
    }

    /** Hands over each object of an input without its status, and returns how many there are. */
    public static int read(String file, Consumer<KubernetesObject> receiver) {
        return read(file, Wish.ALL_BUT_STATUS, receiver);
    }

    /** Hands over each object of an input with its status, and returns how many there are. */
    public static int readWhole(String file, Consumer<KubernetesObject> receiver) {
        return read(file, Wish.ALL, receiver);
    }

    private static int read(String file, Wish wish, Consumer<KubernetesObject> receiver) {
        String name = Inputs.nameOf(file);
        try (Reader text = new BufferedReader(Inputs.reader(file), AHEAD)) {
            return new KubernetesReader(name, wish, receiver).read(text);
        } catch (IOException e) {
            throw Inputs.unreadable(name, e);
        }
    }

    private static LoaderOptions endless() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }

    private int read(Reader text) throws IOException {
        try (JsonParser parser = parser(text)) {
            while (parser.nextToken() != null) {
                if (!isEmptyDocument(parser)) {
                    documents++;
                    document(parser);
                }
            }
        } catch (JsonProcessingException | YAMLException e) {
            throw broken(e);
        }
        if (documents == 0) {
            throw new BadInputException(name + " must hold objects, but is empty" + ADVICE);
        }
        return objects;
    }

    private static JsonParser parser(Reader text) throws IOException {
        text.mark(AHEAD);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        text.mark(AHEAD);
        boolean json = looksLikeJson(text);
        text.reset();
        return json ? JSON.createParser(text) : YAML.createParser(text);
    }

    /** A brace opens a mapping of YAML too, but then a plain key follows. */
    private static boolean looksLikeJson(Reader text) throws IOException {
        boolean opened = false;
        for (int i = 0; i < AHEAD - 1; i++) {
            int c = text.read();
            if (c < 0) {
                return opened;
            }
            if (!Character.isWhitespace(c)) {
                if (opened || c == '[') {
                    return c == '"' || c == '}' || c == '[';
                }
                if (c != '{') {
                    return false;
                }
                opened = true;
            }
        }
        return opened;
    }

    /** Between two lines of dashes, or with nothing but a comment. */
    private static boolean isEmptyDocument(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL
                || (parser.currentToken() == JsonToken.VALUE_STRING
                        && parser.getText().isBlank());
    }

    private void document(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new BadInputException(name + place(parser) + " must be an object, but is "
                    + (parser.currentToken() == JsonToken.START_ARRAY ? "a list" : single(parser)) + ADVICE);
        }
        String before = object(parser, Level.DOCUMENT);
        if (before != null) {
            receive(before, "", "", place(parser));
        }
    }

    /** What kubectl says where there is nothing, or prints for people, is a text of YAML. */
    private static String single(JsonParser parser) throws IOException {
        String text = parser.getText().strip();
        int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
        return "\"" + Table.onTerminal(text.substring(0, end)) + (end < text.length() ? "…" : "") + "\"";
    }

    private String place(JsonParser parser) {
        return documents < 2 ? "" : ", line " + parser.currentTokenLocation().getLineNr();
    }

    /** Where an object stands. */
    private enum Level {
        DOCUMENT,
        ITEM
    }

    /** Copies an object as it is written, or returns null where it is a list, whose items are handed over. */
    private @Nullable String object(JsonParser parser, Level level) throws IOException {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            copy.writeStartObject();
            String apiVersion = "";
            String kind = "";
            boolean list = false;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                refuseAlias(parser);
                if (level == Level.DOCUMENT && field.equals("items") && value == JsonToken.START_ARRAY) {
                    items(parser, apiVersion, kind);
                    list = true;
                } else if (wish == Wish.ALL_BUT_STATUS && field.equals("status")) {
                    parser.skipChildren();
                } else {
                    if (value == JsonToken.VALUE_STRING) {
                        apiVersion = field.equals("apiVersion") ? parser.getText() : apiVersion;
                        kind = field.equals("kind") ? parser.getText() : kind;
                    }
                    copy.writeFieldName(field);
                    value(parser, copy, field.equals("metadata"));
                }
            }
            copy.writeEndObject();
            if (list) {
                return null;
            }
        }
        return text.toString();
    }

    /** Copies a value without what the server keeps about who managed which field. */
    private void value(JsonParser parser, JsonGenerator copy, boolean metadata) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                return;
            }
            refuseAlias(parser);
            if (metadata && depth == 1 && token == JsonToken.FIELD_NAME && isManagedFields(parser)) {
                parser.nextToken();
                parser.skipChildren();
            } else {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                copy.copyCurrentEvent(parser);
            }
            if (depth == 0) {
                return;
            }
        } while (parser.nextToken() != null);
    }

    private static boolean isManagedFields(JsonParser parser) throws IOException {
        return parser.currentName().equals("managedFields");
    }

    private void items(JsonParser parser, String apiVersion, String kind) throws IOException {
        boolean named = kind.length() > "List".length() && kind.endsWith("List");
        String itemKind = named ? kind.substring(0, kind.length() - "List".length()) : "";
        int nth = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            nth++;
            refuseAlias(parser);
            String place = ", item " + nth + " in line "
                    + parser.currentTokenLocation().getLineNr();
            String item = parser.currentToken() == JsonToken.START_OBJECT ? object(parser, Level.ITEM) : null;
            if (item == null) {
                throw new BadInputException(name + place + ", must be an object, but is not one" + ADVICE);
            }
            receive(item, named ? apiVersion : "", itemKind, place);
        }
    }

    /** A list of one kind, as the API server itself gives it, has items that do not say what they are. */
    private void receive(String json, String apiVersion, String kind, String place) throws IOException {
        JsonNode tree = TREES.readTree(json);
        String text = json;
        if (!tree.path("kind").isTextual()) {
            if (kind.isEmpty()) {
                throw new BadInputException(name + place
                        + " must be an object of Kubernetes, but has no kind; write apiVersion and kind, as kubectl get"
                        + " -o yaml prints them");
            }
            text = "{\"apiVersion\":" + TREES.writeValueAsString(apiVersion) + ",\"kind\":"
                    + TREES.writeValueAsString(kind) + (tree.isEmpty() ? "" : ",") + json.substring(1);
            tree = TREES.readTree(text);
        }
        objects++;
        receiver.accept(new KubernetesObject(name, text, tree));
    }

    /** The reader of YAML would take the name of an alias for text. */
    private void refuseAlias(JsonParser parser) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new BadInputException(name + " must not use aliases, but has *" + parser.getText() + " in line "
                    + parser.currentTokenLocation().getLineNr() + "; write the value there");
        }
    }

    private BadInputException broken(Exception e) {
        return new BadInputException(name + Fault.of(e) + "; correct it there", e);
    }

    /** What is wrong with a text, and where. */
    record Fault(String place, String problem) {

        static Fault of(Throwable e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
                    return new Fault(
                            place(
                                    yaml.getProblemMark().getLine() + 1L,
                                    yaml.getProblemMark().getColumn() + 1L),
                            String.valueOf(yaml.getProblem()));
                }
            }
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ReaderException odd) {
                    return new Fault(
                            ", character " + (odd.getPosition() + 1L),
                            String.format("U+%04X is a character that YAML does not allow", odd.getCodePoint()));
                }
            }
            if (e instanceof JsonProcessingException json && json.getLocation() != null) {
                return new Fault(
                        place(json.getLocation().getLineNr(), json.getLocation().getColumnNr()),
                        firstLine(json.getOriginalMessage()));
            }
            return new Fault("", firstLine(e.getMessage()));
        }

        private static String place(long line, long column) {
            return ", line " + line + ", column " + column;
        }

        private static String firstLine(@Nullable String message) {
            // Where the reader itself keeps the text is of no use to anybody.
            return String.valueOf(message)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("\\s*\\(start marker at .*", "")
                    .strip();
        }

        @Override
        public String toString() {
            return place + ", must be YAML or JSON, but does not read as such (" + Table.onTerminal(problem) + ")";
        }
    }
}
