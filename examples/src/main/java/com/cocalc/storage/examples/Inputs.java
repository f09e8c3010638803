package com.cocalc.storage.examples;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Files that a user names. */
final class Inputs {

    private static final String STANDARD_INPUT = "-";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

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

    /** One object of Kubernetes as JSON, whether it is written as YAML or as JSON, which is YAML too. */
    static String objectAsJson(String file) {
        String text = file.equals(STANDARD_INPUT) ? standardInput() : text(Path.of(file));
        if (text.stripLeading().startsWith("{")) {
            return text;
        }
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            JsonNode only = documents.hasNextValue() ? documents.nextValue() : YAML.nullNode();
            if (documents.hasNextValue()) {
                throw new BadInputException(nameOf(file) + " must be one object, but is a stream of several; split it");
            }
            return only.toString();
        } catch (IOException e) {
            throw new BadInputException(
                    nameOf(file) + " must be YAML or JSON, but does not read as such ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "); correct it",
                    e);
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
