package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kubernetes objects as text: the same object always gives the same bytes.
 *
 * <p>Fields are in the order of Kubernetes' own documentation, maps are sorted by key, and lines end in a line feed.
 *
 * <pre>{@code
 * StorageClaims claims = StorageClaims.of(StorageConfig.defaults());
 * System.out.println(KubernetesText.yamlStream(claims.persistentVolumeClaims()));
 * }</pre>
 */
public final class KubernetesText {

    private static final ObjectMapper YAML = configure(new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .stringQuotingChecker(new QuoteAllButPlain())
            .build()));

    private static final ObjectWriter JSON = configure(new JsonMapper())
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private KubernetesText() {}

    private static ObjectMapper configure(ObjectMapper mapper) {
        return mapper.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    }

    /**
     * Writes an object as YAML.
     *
     * @param object one object of Kubernetes, or a list of parts
     * @return YAML with a line end after the last line
     */
    public static String yaml(Object object) {
        String text = write(YAML.writer(), object);
        // The writer indents a list even at the top, where nothing is above it.
        return text.startsWith("  - ") ? text.substring(2).replace("\n  ", "\n") : text;
    }

    /**
     * Writes objects as a stream of YAML documents, as {@code kubectl apply -f -} reads it.
     *
     * @param objects objects of Kubernetes
     * @return the documents in this order, with {@code ---} between them
     */
    public static String yamlStream(List<?> objects) {
        StringBuilder stream = new StringBuilder();
        for (Object object : objects) {
            stream.append(stream.isEmpty() ? "" : "---\n").append(yaml(object));
        }
        return stream.toString();
    }

    /**
     * Writes an object as JSON, indented by two blanks for each level.
     *
     * @param object one object of Kubernetes, or a list of parts
     * @return JSON with a line end after the last line
     */
    public static String json(Object object) {
        return write(JSON, object) + "\n";
    }

    private static String write(ObjectWriter writer, Object object) {
        requireNonNull(object, "object");
        try {
            return writer.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw InvalidValueException.of(
                    "object",
                    "be an object of the Kubernetes models",
                    "one of " + object.getClass().getName() + " that cannot be written as text ("
                            + MessageText.plain(e.getOriginalMessage()) + ")",
                    "pass a Pod, a claim, or a list of their parts",
                    e);
        }
    }

    /** Quotes every text that some YAML reader could take for something other than text. */
    private static final class QuoteAllButPlain extends StringQuotingChecker {

        private static final long serialVersionUID = 1L;
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][-A-Za-z0-9/_.]*");
        private static final Set<String> OTHER_THAN_TEXT =
                Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

        @Override
        public boolean needToQuoteName(String name) {
            return needToQuoteValue(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return !PLAIN.matcher(value).matches() || OTHER_THAN_TEXT.contains(value.toLowerCase(Locale.ROOT));
        }
    }
}
