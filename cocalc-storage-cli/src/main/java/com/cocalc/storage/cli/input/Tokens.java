package com.cocalc.storage.cli.input;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of documents in JSON or YAML, one after the other. */
interface Tokens {

    /** Goes on to the next token; null at the end. */
    @Nullable
    JsonToken next() throws IOException;

    /** The token at hand; null before the first one and at the end. */
    @Nullable
    JsonToken current();

    /** The name of a field, or a value as it is written. */
    String text() throws IOException;

    /** Where the token starts, as {@code line 3, column 5}. */
    String place();

    /** Writes the token. */
    void copyTo(JsonGenerator copy) throws IOException;

    /** Goes on to the end of an object or list that starts here; does nothing where none does. */
    default void skipChildren() throws IOException {
        int depth = 0;
        for (JsonToken token = current(); token != null; token = next()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }
}
