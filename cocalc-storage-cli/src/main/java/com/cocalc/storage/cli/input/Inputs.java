package com.cocalc.storage.cli.input;

import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.helm.HelmValues;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files that a user names. */
public final class Inputs {

    public static final String STANDARD_INPUT = "-";

    /** What Java puts where it cannot decode an argument. */
    private static final char UNDECODED = '\ufffd';

    /** What some programs on Windows write first. */
    private static final String MARK_OF_UTF_8 = "efbbbf";

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
        requireName(file.toString());
        if (file.toString().equals(STANDARD_INPUT)) {
            throw new BadInputException(
                    "--values must name a file, but was \"-\"; write /dev/stdin for standard input");
        }
        if (Files.isRegularFile(file)) {
            String text = text(file.toString());
            if (API_VERSION.matcher(text).find() && KIND.matcher(text).find()) {
                throw new BadInputException("--values: " + nameOf(file.toString())
                        + " must be Helm values, but is an object of Kubernetes; give the file that helm install"
                        + " --values takes");
            }
        }
    }

    /**
     * The inputs that a command reads: the named files, or standard input where none is named.
     *
     * @param files the files that the user names
     * @param others what else the command reads, null where the option is not given
     */
    public static List<String> orStandardInput(List<String> files, @Nullable String... others) {
        List<String> inputs = files.isEmpty() ? List.of(STANDARD_INPUT) : files;
        requireOneReader(namedIn(inputs.stream()) + namedIn(Arrays.stream(others)));
        return inputs;
    }

    /** Refuses standard input for two things: the second would find it empty. */
    public static void requireOneReader(@Nullable String... inputs) {
        requireOneReader(namedIn(Arrays.stream(inputs)));
    }

    private static long namedIn(Stream<?> inputs) {
        return inputs.filter(STANDARD_INPUT::equals).count();
    }

    private static void requireOneReader(long named) {
        if (named > 1) {
            throw new BadInputException("standard input must be read for one thing, but is named for several; put the"
                    + " others into files");
        }
    }

    /** What messages call an input. */
    public static String nameOf(String file) {
        return file.equals(STANDARD_INPUT) ? "standard input" : Table.onTerminal(file);
    }

    /** The text of an input, which must be UTF-8 as it stands: replaced characters would be a silent repair. */
    static Reader reader(String file) throws IOException {
        return reader(file, CodingErrorAction.REPORT);
    }

    private static Reader reader(String file, CodingErrorAction onOtherBytes) throws IOException {
        int length = MARK_OF_UTF_8.length() / 2;
        // A buffered stream would ask a pipe how much is in it, which Java cannot tell.
        PushbackInputStream in = new PushbackInputStream(open(file), length);
        byte[] start = in.readNBytes(length);
        String first = HexFormat.of().formatHex(start);
        if (first.startsWith("fffe") || first.startsWith("feff")) {
            throw new BadInputException(nameOf(file) + " must be text in UTF-8, but is UTF-16, as > writes it in"
                    + " PowerShell; write it there with | Out-File -Encoding utf8");
        }
        if (!first.equals(MARK_OF_UTF_8)) {
            in.unread(start);
        }
        InputStream bytes = onOtherBytes == CodingErrorAction.REPORT ? new Utf8Stream(in) : in;
        return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }

    private static InputStream open(String file) {
        if (file.equals(STANDARD_INPUT)) {
            if (Boolean.getBoolean("cocalc.storage.terminal.in")) {
                System.err.println("note: this reads standard input, which is the terminal; Ctrl-D ends it");
            }
            return System.in;
        }
        requireName(file);
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

    /** Most often a variable of a script that is not set. */
    private static void requireName(String file) {
        if (file.isEmpty()) {
            throw new BadInputException("the name of a file must not be empty, but is; name a file");
        }
    }

    static BadInputException unreadable(String name, IOException e) {
        if (e instanceof Utf8Stream.OtherByteException) {
            return new BadInputException(name + e.getMessage(), e);
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
        return text(file, CodingErrorAction.REPORT);
    }

    /** What programs wrote, who may have written any bytes: each of those that are not UTF-8 is replaced. */
    public static String log(String file) {
        return text(file, CodingErrorAction.REPLACE);
    }

    private static String text(String file, CodingErrorAction onOtherBytes) {
        try (Reader reader = reader(file, onOtherBytes)) {
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

    /** Refuses an argument that Java read otherwise than it was written, which would name another file. */
    public static void requireDecoded(String name, String text) {
        if (text.indexOf(UNDECODED) >= 0) {
            throw new BadInputException(name + " must be text in the locale of this process, but was \""
                    + Table.onTerminal(text) + "\"; set LC_ALL=C.UTF-8, or name the directory that holds the file");
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
        } catch (JsonMappingException e) {
            throw unlikeServer(object, pointerOf(e) + " has a value of another type", e);
        } catch (IOException | RuntimeException e) {
            throw unlikeServer(object, "it does not read as one", e);
        }
    }

    private static BadInputException unlikeServer(KubernetesObject object, String problem, Exception e) {
        return new BadInputException(
                object.source() + " must hold objects as the API server has them, but in "
                        + Table.onTerminal(object.title() + " " + problem)
                        + "; give what kubectl get -o yaml prints",
                e);
    }

    private static String pointerOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
    }
}
