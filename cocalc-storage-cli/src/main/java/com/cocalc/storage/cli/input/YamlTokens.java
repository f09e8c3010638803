package com.cocalc.storage.cli.input;

import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.yaml.GoScalar;
import com.cocalc.storage.yaml.YamlText;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * The tokens of YAML, with the types that kubectl gives to scalars: {@code 0644} is 420, and {@code yes} is a boolean,
 * which no server takes for a text.
 */
final class YamlTokens implements Tokens {

    /** As deep as a reader of JSON goes. */
    private static final int DEEPEST = 1000;

    /** Beyond it Go writes a number with an exponent, and no field for whole numbers takes it. */
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(21);

    private static final String STRING = "tag:yaml.org,2002:str";

    /** What is open, and what comes next in it. */
    private enum Next {
        ELEMENT,
        NAME,
        VALUE
    }

    private final String name;
    private final Parser parser;
    private final Deque<Next> open = new ArrayDeque<>();
    private @Nullable JsonToken token;
    private @Nullable Mark start;
    private String text = "";
    private BigDecimal number = BigDecimal.ZERO;

    /**
     * Prepares.
     *
     * @param name what messages call the input
     */
    YamlTokens(String name, Reader reader) {
        this.name = name;
        parser = YamlText.parser(reader);
    }

    @Override
    public @Nullable JsonToken current() {
        return token;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String place() {
        return start == null
                ? "line 1, column 1"
                : "line " + (start.getLine() + 1) + ", column " + (start.getColumn() + 1);
    }

    @Override
    public @Nullable JsonToken next() throws IOException {
        token = tokenOf(content());
        return token;
    }

    /** The next event that is not the start or the end of a document; null at the end. */
    private @Nullable Event content() throws IOException {
        try {
            while (!parser.checkEvent(Event.ID.StreamEnd)) {
                Event event = parser.getEvent();
                start = event.getStartMark();
                boolean isContent = event instanceof CollectionStartEvent
                        || event instanceof ScalarEvent
                        || event instanceof AliasEvent
                        || event.is(Event.ID.MappingEnd)
                        || event.is(Event.ID.SequenceEnd);
                if (isContent) {
                    return event;
                }
            }
            return null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private @Nullable JsonToken tokenOf(@Nullable Event event) {
        if (event == null) {
            return null;
        }
        if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
            boolean isList = open.pop() == Next.ELEMENT;
            hadOne();
            return isList ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
        }
        if (event instanceof AliasEvent alias) {
            throw refused("not use aliases", "*" + alias.getAnchor(), "write the value there");
        }
        if (event instanceof CollectionStartEvent start) {
            return start(start);
        }
        JsonToken scalar = scalar((ScalarEvent) event);
        if (open.peek() == Next.NAME) {
            setName(scalar, ((ScalarEvent) event).isPlain());
            scalar = JsonToken.FIELD_NAME;
        }
        hadOne();
        return scalar;
    }

    private JsonToken start(CollectionStartEvent start) {
        if (start.getTag() != null && !start.getTag().equals("!")) {
            throw refused("not use tags", start.getTag(), "remove the tag");
        }
        if (open.peek() == Next.NAME) {
            throw refused("have names of fields", "a list or a map in place of one", "write a name there");
        }
        if (open.size() == DEEPEST) {
            throw refused("be nested at most " + DEEPEST + " levels deep", "deeper", "write what kubectl prints");
        }
        boolean isMap = start instanceof MappingStartEvent;
        open.push(isMap ? Next.NAME : Next.ELEMENT);
        return isMap ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
    }

    /** After a name comes its value, after that the next name. */
    private void hadOne() {
        if (!open.isEmpty() && open.peek() != Next.ELEMENT) {
            open.push(open.pop() == Next.NAME ? Next.VALUE : Next.NAME);
        }
    }

    private JsonToken scalar(ScalarEvent scalar) {
        text = scalar.getValue();
        String tag = scalar.getTag();
        if (tag != null && !tag.equals("!") && !tag.equals(STRING)) {
            throw refused("not use tags", tag, "remove the tag, and put a text in quotes");
        }
        if (!scalar.isPlain() || tag != null) {
            return JsonToken.VALUE_STRING;
        }
        return switch (GoScalar.typeOf(text)) {
            case TEXT -> JsonToken.VALUE_STRING;
            case NULL -> JsonToken.VALUE_NULL;
            case BOOLEAN -> GoScalar.isTrue(text) ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
            case NUMBER -> number();
        };
    }

    /** A fraction without a remainder is written, and read by the server, as a whole number. */
    private JsonToken number() {
        number = GoScalar.findNumber(text)
                .orElseThrow(() -> refused("have no infinite numbers", text, "put a text in quotes"));
        boolean isWhole =
                number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(LARGEST) < 0;
        number = isWhole ? new BigDecimal(number.toBigInteger()) : number;
        return isWhole ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    /** The name of a field as kubectl has it: also a number or a boolean becomes a text. */
    private void setName(JsonToken scalar, boolean isPlain) {
        if (isPlain && text.equals("<<")) {
            throw refused("not merge maps", "<<", "write the fields there");
        }
        if (scalar == JsonToken.VALUE_NULL) {
            throw refused("have names of fields", "null in place of one", "write a name, or put it in quotes");
        }
        text = scalar.isNumeric()
                ? number.toPlainString()
                : scalar.isBoolean() ? String.valueOf(scalar == JsonToken.VALUE_TRUE) : text;
    }

    @Override
    public void copyTo(JsonGenerator copy) throws IOException {
        if (token == null) {
            return;
        }
        switch (token) {
            case START_OBJECT -> copy.writeStartObject();
            case END_OBJECT -> copy.writeEndObject();
            case START_ARRAY -> copy.writeStartArray();
            case END_ARRAY -> copy.writeEndArray();
            case FIELD_NAME -> copy.writeFieldName(text);
            case VALUE_NULL -> copy.writeNull();
            case VALUE_TRUE -> copy.writeBoolean(true);
            case VALUE_FALSE -> copy.writeBoolean(false);
            case VALUE_NUMBER_INT -> copy.writeNumber(number.toBigInteger());
            case VALUE_NUMBER_FLOAT -> copy.writeNumber(number);
            case VALUE_STRING -> copy.writeString(text);
            default -> throw new AssertionError(token);
        }
    }

    private BadInputException refused(String rule, String found, String remedy) {
        return new BadInputException(
                name + " must " + rule + ", but has " + Table.onTerminal(found) + " in " + place() + "; " + remedy);
    }
}
