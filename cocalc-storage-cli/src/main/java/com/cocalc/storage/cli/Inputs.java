package com.cocalc.storage.cli;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that a user names. */
final class Inputs {

    private static final String STANDARD_INPUT = "-";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectReader JSON =
            new JsonMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Inputs() {}

    static StorageConfig values(List<Path> files) {
        try {
            return HelmValues.read(files).storage();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(e);
        }
    }

    static ProjectLicenses licenses(Path file) {
        try {
            return LicensesJson.parse(text(file));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        }
    }

    /** What messages call an input. */
    static String nameOf(String file) {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    /** Objects of Kubernetes as they are written, one document or several. */
    static String stream(String file) {
        String text = read(file);
        if (text.isBlank()) {
            throw empty(file);
        }
        if (!text.stripLeading().startsWith("{")) {
            refuseAliases(file, text);
        }
        return text;
    }

    private static BadInputException empty(String file) {
        return new BadInputException(
                nameOf(file) + " must be one object, but is empty; give what kubectl get -o yaml prints");
    }

    private static String read(String file) {
        return file.equals(STANDARD_INPUT) ? standardInput() : text(path(file));
    }

    /** One object of Kubernetes as JSON, whether it is written as YAML or as JSON, which is YAML too. */
    static String objectAsJson(String file) {
        String text = read(file);
        if (text.stripLeading().startsWith("{") && isJson(text)) {
            return text; // as it is written, so that an audit sees fields that are there twice
        }
        refuseAliases(file, text);
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            JsonNode only = null;
            while (parser.nextToken() != null) {
                JsonNode document = YAML.readTree(parser);
                if (isEmpty(document)) {
                    continue; // between two lines of dashes
                }
                if (only != null) {
                    throw new BadInputException(
                            nameOf(file) + " must be one object, but is a stream of several; split it");
                }
                only = document;
            }
            if (only == null) {
                throw empty(file);
            }
            if (!only.isObject()) {
                throw new BadInputException(nameOf(file) + " must be one object, but is "
                        + (only.isArray() ? "a list" : "a single value") + "; give what kubectl get -o yaml prints");
            }
            return only.toString();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean isEmpty(@Nullable JsonNode document) {
        return document == null
                || document.isMissingNode()
                || document.isNull()
                || (document.isTextual() && document.textValue().isBlank());
    }

    /** A pod as JSON. */
    static String podAsJson(String file) {
        String json = objectAsJson(file);
        try {
            String kind = JSON.readTree(json).path("kind").asText("Pod");
            if (!kind.equals("Pod")) {
                throw new BadInputException(nameOf(file) + " must be a Pod, but is a " + kind
                        + "; give what kubectl get pod NAME -o yaml prints");
            }
            return json;
        } catch (IOException e) {
            throw new AssertionError("it was read as JSON before", e);
        }
    }

    /** The reader of YAML would take the name of an alias for text. */
    private static void refuseAliases(String file, String text) {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new BadInputException(nameOf(file) + " must not use aliases, but has *" + parser.getText()
                            + " in line " + parser.currentTokenLocation().getLineNr() + "; write the value there");
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static BadInputException unreadable(String file, IOException e) {
        return new BadInputException(
                nameOf(file) + " must be YAML or JSON, but does not read as such ("
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "); correct it",
                e);
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new BadInputException("the name of a file must be a path, but is none here: " + e.getReason(), e);
        }
    }

    private static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (IOException e) {
            return false; // perhaps YAML, which says better what is wrong
        }
    }

    private static String standardInput() {
        try {
            return decode("standard input", System.in.readAllBytes());
        } catch (IOException e) {
            throw new BadInputException("standard input must be readable, but reading failed: " + e, e);
        }
    }

    /** Text of a file, which must be UTF-8 as it stands: replaced characters would be a silent repair. */
    static String text(Path file) {
        try {
            return decode(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + " must be a file, but is not there; check the path", e);
        } catch (IOException e) {
            throw new BadInputException(file + " must be a readable file, but reading failed: " + e, e);
        }
    }

    private static String decode(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInputException(name + " must be text in UTF-8; convert it", e);
        }
    }
}
