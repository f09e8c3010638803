package com.cocalc.storage.cli.input;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.helm.HelmValues;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Files that a user names. */
public final class Inputs {

    public static final String STANDARD_INPUT = "-";
    private static final ObjectMapper OBJECTS = new JsonMapper();
    private static final Pattern API_VERSION = Pattern.compile("^apiVersion:", Pattern.MULTILINE);
    private static final Pattern KIND = Pattern.compile("^kind:", Pattern.MULTILINE);

    private Inputs() {}

    static StorageConfig values(List<Path> files) {
        files.forEach(Inputs::refuseObject);
        try {
            return HelmValues.read(files).storage();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(e);
        }
    }

    /** Any YAML is values in which nothing is set: a pod that is given in their place would go unnoticed. */
    private static void refuseObject(Path file) {
        if (Files.isRegularFile(file)) {
            String text = text(file.toString());
            if (API_VERSION.matcher(text).find() && KIND.matcher(text).find()) {
                throw new BadInputException("--values: " + nameOf(file.toString())
                        + " must be Helm values, but is an object of Kubernetes; give the file that helm install"
                        + " --values takes");
            }
        }
    }

    /** What messages call an input. */
    public static String nameOf(String file) {
        return file.equals(STANDARD_INPUT) ? "standard input" : Table.onTerminal(file);
    }

    /** The text of an input, which must be UTF-8 as it stands: replaced characters would be a silent repair. */
    static Reader reader(String file) {
        return new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder());
    }

    private static InputStream open(String file) {
        if (file.equals(STANDARD_INPUT)) {
            return System.in;
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new BadInputException(nameOf(file) + " must be a file, but is a directory; name a file in it");
            }
            return Files.newInputStream(path);
        } catch (InvalidPathException e) {
            throw new BadInputException(
                    "the name of a file must be a path, but is not one: " + e.getReason() + "; correct the name", e);
        } catch (IOException e) {
            throw unreadable(nameOf(file), e);
        }
    }

    static BadInputException unreadable(String name, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new BadInputException(name + " must be text in UTF-8; convert it", e);
        }
        if (e instanceof NoSuchFileException) {
            return new BadInputException(name + " must be a file, but is not there; check the path", e);
        }
        if (e instanceof AccessDeniedException) {
            return new BadInputException(name + " must be readable, but this user may not read it; check its mode", e);
        }
        return new BadInputException(name + " must be readable, but reading failed: " + reason(e), e);
    }

    /** Why a file could not be read or written, without the names that Java has for it. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason == null ? "the system gives no reason" : Table.onTerminal(reason);
    }

    public static String text(String file) {
        try (Reader reader = reader(file)) {
            StringBuilder text = new StringBuilder();
            char[] part = new char[8192];
            for (int length = reader.read(part); length >= 0; length = reader.read(part)) {
                text.append(part, 0, length);
            }
            return text.toString();
        } catch (IOException e) {
            throw unreadable(nameOf(file), e);
        }
    }

    /** The only pod of an input. */
    public static Pod pod(String file) {
        List<KubernetesObject> objects = new ArrayList<>();
        KubernetesReader.read(file, object -> {
            objects.add(object);
            if (objects.size() > 1) {
                throw new BadInputException(
                        nameOf(file) + " must hold one Pod, but holds several objects; give one of them");
            }
        });
        if (objects.isEmpty() || !objects.get(0).isPod()) {
            throw new BadInputException(nameOf(file) + " must hold one Pod, but holds "
                    + (objects.isEmpty()
                            ? "an empty list"
                            : "a " + Table.onTerminal(objects.get(0).kind()))
                    + "; give what kubectl get pod NAME -o yaml prints");
        }
        return as(objects.get(0), Pod.class);
    }

    /** An object as the model of its kind. */
    public static <T> T as(KubernetesObject object, Class<T> type) {
        try {
            return OBJECTS.treeToValue(object.tree(), type);
        } catch (IOException e) {
            throw new BadInputException(
                    object.source() + " must hold objects as the API server has them, but "
                            + Table.onTerminal(object.title()) + " does not read as one ("
                            + KubernetesReader.Fault.of(e).problem() + "); give what kubectl get -o yaml prints",
                    e);
        }
    }
}
