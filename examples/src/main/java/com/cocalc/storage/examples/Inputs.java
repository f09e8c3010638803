package com.cocalc.storage.examples;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.helm.HelmValues;
import com.cocalc.storage.json.LicensesJson;
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

    /** Text of a file, which must be UTF-8 as it stands: replaced characters would be a silent repair. */
    static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + " must be text in UTF-8; convert it", e);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + " must be a file, but is not there; check the path", e);
        } catch (IOException e) {
            throw new BadInputException(file + " must be a readable file, but reading failed: " + e, e);
        }
    }
}
