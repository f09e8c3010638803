package com.cocalc.storage.cli.input;

import com.cocalc.storage.cli.output.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads objects of Kubernetes one after the other, so that a list may be longer than memory: YAML or JSON, one document
 * or several, lists of objects, and whatever {@code kubectl get} prints.
 */
public final class KubernetesReader {

    private static final ObjectMapper TREES = new JsonMapper();
    private static final int AHEAD = 8192;

    /** How deep lists may be nested; kubectl prints one alone. */
    private static final int MOST_LISTS = 100;

    private static final int SHOWN = 40;
    private static final String LIST = "List";
    private static final String ADVICE = "; give what kubectl get -o yaml prints";

    private final String name;
    private final Wish wish;
    private final Consumer<KubernetesObject> receiver;
    private int objects;
    private int documents;
    /** The number of lists around the current token. */
    private int lists;

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

    private int read(Reader text) throws IOException {
        Tokens tokens = tokens(text);
        try {
            while (tokens.next() != null) {
                if (!isEmptyDocument(tokens)) {
                    documents++;
                    document(tokens);
                }
            }
        } catch (JsonProcessingException | YAMLException e) {
            throw broken(Fault.of(e).orAt(tokens.place()), e);
        }
        if (documents == 0) {
            throw new BadInputException(name + " must hold objects, but is empty" + ADVICE);
        }
        return objects;
    }

    private Tokens tokens(Reader text) throws IOException {
        text.mark(AHEAD);
        boolean json = looksLikeJson(text);
        text.reset();
        return json ? new JsonTokens(text) : new YamlTokens(name, text);
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
    private static boolean isEmptyDocument(Tokens tokens) throws IOException {
        return tokens.current() == JsonToken.VALUE_NULL
                || (tokens.current() == JsonToken.VALUE_STRING && tokens.text().isBlank());
    }

    private void document(Tokens tokens) throws IOException {
        if (tokens.current() != JsonToken.START_OBJECT) {
            throw new BadInputException(name + place(tokens) + " must be an object, but is "
                    + (tokens.current() == JsonToken.START_ARRAY ? "a list" : single(tokens)) + ADVICE);
        }
        object(tokens, "", "", place(tokens));
    }

    /** What kubectl says where there is nothing, or prints for people, is a text of YAML. */
    private static String single(Tokens tokens) throws IOException {
        String text = tokens.text().strip();
        int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
        return "\"" + Table.onTerminal(text.substring(0, end)) + (end < text.length() ? "…" : "") + "\"";
    }

    private String place(Tokens tokens) {
        return documents < 2 ? "" : ", " + tokens.place();
    }

    /** Hands over an object as it is written, or where it is a list each of its items. */
    private void object(Tokens tokens, String versionOfList, String kindOfList, String place) throws IOException {
        StringWriter text = new StringWriter(1024);
        String apiVersion = "";
        String kind = "";
        boolean list = false;
        boolean items = false;
        try (JsonGenerator copy = JsonTokens.JSON.createGenerator(text)) {
            copy.writeStartObject();
            while (tokens.next() != JsonToken.END_OBJECT) {
                String field = tokens.text();
                JsonToken value = tokens.next();
                items |= field.equals("items") && value != JsonToken.VALUE_NULL;
                if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    items(tokens, apiVersion, kind);
                    list = true;
                } else if (wish == Wish.ALL_BUT_STATUS && field.equals("status")) {
                    tokens.skipChildren();
                } else {
                    if (value == JsonToken.VALUE_STRING) {
                        apiVersion = field.equals("apiVersion") ? tokens.text() : apiVersion;
                        kind = field.equals("kind") ? tokens.text() : kind;
                    }
                    copy.writeFieldName(field);
                    value(tokens, copy, field.equals("metadata"));
                }
            }
            copy.writeEndObject();
        }
        boolean emptyList = !items && kind.endsWith(LIST);
        if (!list && !emptyList) {
            receive(text.toString(), versionOfList, kindOfList, place);
        }
    }

    /** Copies a value without what the server keeps about who managed which field. */
    private void value(Tokens tokens, JsonGenerator copy, boolean metadata) throws IOException {
        int depth = 0;
        do {
            JsonToken token = tokens.current();
            if (token == null) {
                return;
            }
            if (metadata && depth == 1 && token == JsonToken.FIELD_NAME && isManagedFields(tokens)) {
                tokens.next();
                tokens.skipChildren();
            } else {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                tokens.copyTo(copy);
            }
            if (depth == 0) {
                return;
            }
        } while (tokens.next() != null);
    }

    private static boolean isManagedFields(Tokens tokens) throws IOException {
        return tokens.text().equals("managedFields");
    }

    private void items(Tokens tokens, String apiVersion, String kind) throws IOException {
        if (++lists > MOST_LISTS) {
            throw new BadInputException(name + ", " + tokens.place() + ", must nest lists at most " + MOST_LISTS
                    + " deep, but nests them deeper" + ADVICE);
        }
        boolean named = kind.length() > LIST.length() && kind.endsWith(LIST);
        String itemKind = named ? kind.substring(0, kind.length() - LIST.length()) : "";
        int nth = 0;
        while (tokens.next() != JsonToken.END_ARRAY) {
            nth++;
            String place = ", item " + nth + " in " + tokens.place();
            if (tokens.current() != JsonToken.START_OBJECT) {
                throw new BadInputException(name + place + ", must be an object, but is not one" + ADVICE);
            }
            object(tokens, named ? apiVersion : "", itemKind, place);
        }
        lists--;
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

    private BadInputException broken(Fault fault, Exception e) {
        return new BadInputException(name + fault + "; correct it there", e);
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
            if (e instanceof JsonProcessingException json && json.getLocation() != null) {
                return new Fault(
                        place(json.getLocation().getLineNr(), json.getLocation().getColumnNr()),
                        firstLine(json.getOriginalMessage()));
            }
            return new Fault("", firstLine(e.getMessage()));
        }

        /** The same, at a token where the reader itself names no place. */
        Fault orAt(String token) {
            return place.isEmpty() ? new Fault(", " + token, problem) : this;
        }

        private static String place(long line, long column) {
            return ", line " + line + ", column " + column;
        }

        private static String firstLine(@Nullable String message) {
            // Where the reader itself keeps the text, and what it calls its limits, is of no use to anybody.
            return String.valueOf(message)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("\\s*\\(start marker at .*", "")
                    .replaceAll(", from `[^`]*`", "")
                    .strip();
        }

        @Override
        public String toString() {
            return place + ", must be YAML or JSON, but does not read as such (" + Table.onTerminal(problem) + ")";
        }
    }
}
