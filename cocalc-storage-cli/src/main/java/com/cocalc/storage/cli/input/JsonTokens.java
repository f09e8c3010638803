package com.cocalc.storage.cli.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The tokens of JSON. */
final class JsonTokens implements Tokens {

    static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;

    JsonTokens(Reader text) throws IOException {
        parser = JSON.createParser(text);
    }

    @Override
    public @Nullable JsonToken next() throws IOException {
        return parser.nextToken();
    }

    @Override
    public @Nullable JsonToken current() {
        return parser.currentToken();
    }

    @Override
    public String text() throws IOException {
        return parser.getText();
    }

    @Override
    public String place() {
        JsonLocation start = parser.currentTokenLocation();
        return "line " + start.getLineNr() + ", column " + start.getColumnNr();
    }

    @Override
    public void copyTo(JsonGenerator copy) throws IOException {
        copy.copyCurrentEvent(parser);
    }
}
