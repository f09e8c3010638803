package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.Absent;
import com.cocalc.storage.kubernetes.apiserver.NameRules;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * What a cluster has, as somebody listed it: claims, volumes, classes, CSI drivers, namespaces, pods and events.
 *
 * <p>Objects of other kinds are passed over. The objects are shared with whoever gave them, and not to be changed.
 */
public final class ClusterSnapshot {

    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);
    private static final ObjectReader YAML =
            new YAMLMapper(YAMLFactory.builder().loaderOptions(largeDocuments()).build()).readerFor(JsonNode.class);
    private static final JsonMapper OBJECTS = new JsonMapper();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1/PersistentVolume", PersistentVolume.class,
            "v1/Namespace", Namespace.class,
            "v1/Pod", Pod.class,
            "v1/Event", Event.class,
            "storage.k8s.io/v1/StorageClass", StorageClass.class,
            "storage.k8s.io/v1/CSIDriver", CSIDriver.class);

    private static final String LIST = "List";
    private static final int LONGEST_YAML = 256 * 1024 * 1024;

    private final String namespace;
    private final List<HasMetadata> objects;

    /** Looked up again and again; a cluster has thousands of objects. */
    private final Map<Class<?>, List<?>> byType = new ConcurrentHashMap<>();

    private final Map<Class<?>, Map<String, HasMetadata>> byName = new ConcurrentHashMap<>();

    private ClusterSnapshot(String namespace, List<HasMetadata> objects) {
        this.namespace = requireNonNull(namespace, "namespace");
        if (NameRules.findLabelFault(namespace) != null) {
            throw InvalidValueException.of(
                    "namespace",
                    "be a DNS-1123 label of at most 63 characters",
                    MessageText.quoted(namespace),
                    "name the namespace of CoCalc's pods");
        }
        this.objects = List.copyOf(objects);
    }

    /**
     * Takes objects that a client listed.
     *
     * @param namespace where CoCalc's claims and pods are
     * @param objects of any kind and namespace, in any order; a null is passed over
     * @return the snapshot
     * @throws IllegalArgumentException if no namespace can have this name
     */
    public static ClusterSnapshot of(String namespace, Collection<? extends HasMetadata> objects) {
        return new ClusterSnapshot(
                namespace,
                objects.stream()
                        .filter(Objects::nonNull)
                        .map(HasMetadata.class::cast)
                        .toList());
    }

    /**
     * Reads what {@code kubectl get pvc,pv,storageclass,csidriver,namespace,pod,event -o json} writes. Of namespaced
     * objects it lists one namespace; that of the NFS server can be another, so {@code --all-namespaces} sees more.
     *
     * @param namespace where CoCalc's claims and pods are
     * @param text a {@code List}, one object, or several documents of these, as JSON or YAML
     * @return the snapshot
     * @throws IllegalArgumentException if the text is no such list, or no namespace can have this name
     */
    public static ClusterSnapshot parse(String namespace, String text) {
        requireNonNull(text, "text");
        List<HasMetadata> objects = new ArrayList<>();
        boolean json = text.stripLeading().startsWith("{");
        try (MappingIterator<JsonNode> documents = (json ? JSON : YAML).readValues(text)) {
            int filled = 0;
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (!isEmpty(document)) {
                    filled++;
                    addAll(objects, document, filled);
                }
            }
            if (filled == 0) {
                throw noObjects();
            }
            return new ClusterSnapshot(namespace, objects);
        } catch (JsonProcessingException e) {
            throw InvalidValueException.of(
                    "snapshot",
                    "be JSON or YAML of Kubernetes objects",
                    "not" + placeOf(e, text, json),
                    "write what `kubectl get … -o json` gives",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text is read from memory
        }
    }

    /** Lines are counted as an editor does; the reader of YAML has line ends of its own. */
    private static String placeOf(JsonProcessingException e, String text, boolean json) {
        JsonLocation location = e.getLocation();
        int forbidden = json ? -1 : findForbidden(text);
        if (forbidden < 0 && (location == null || location.getLineNr() < 1)) {
            return e instanceof StreamConstraintsException ? ", as something in it is too deep or too long" : "";
        }
        if (json) {
            return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        }
        int end = forbidden >= 0 ? forbidden : characters(text, location.getCharOffset());
        int line = 1;
        int lineStart = 0;
        for (int at = 0; at < end; at++) {
            if (text.charAt(at) == '\n' || (text.charAt(at) == '\r' && !text.startsWith("\n", at + 1))) {
                line++;
                lineStart = at + 1;
            }
        }
        return " at line " + line + ", column " + (1 + text.codePointCount(lineStart, end));
    }

    /** The reader of YAML counts whole characters, and texts halves of pairs. */
    private static int characters(String text, long codePoints) {
        long most = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, (int) Math.max(0, Math.min(codePoints, most)));
    }

    /** The place of the first character that YAML does not allow, or a number below zero. */
    private static int findForbidden(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (!isAllowed(text.codePointAt(at))) {
                return at;
            }
        }
        return -1;
    }

    /** The printable characters of YAML 1.1. */
    private static boolean isAllowed(int c) {
        return (c >= 0x20 && c <= 0x7e)
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c == 0x85
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }

    /** Between two lines of dashes, or with nothing but a comment: the reader gives an empty text. */
    private static boolean isEmpty(@Nullable JsonNode document) {
        return document == null
                || document.isNull()
                || document.isMissingNode()
                || (document.isTextual() && document.textValue().isBlank());
    }

    /** A cluster's list is longer than any document that the reader of YAML expects. */
    private static LoaderOptions largeDocuments() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST_YAML);
        return options;
    }

    private static InvalidValueException noObjects() {
        return InvalidValueException.of(
                "snapshot",
                "be a List of Kubernetes objects",
                "without items",
                "write what `kubectl get pvc,pv,storageclass,csidriver,namespace,pod,event -o json` gives");
    }

    private static void addAll(List<HasMetadata> objects, JsonNode document, int number) {
        JsonNode items = document.path("items");
        if (items.isArray()) {
            for (JsonNode item : items) {
                add(objects, named(item, document));
            }
        } else if (document.path("kind").isTextual()) {
            add(objects, document);
        } else if (document.isObject()) {
            throw InvalidValueException.of(
                    "snapshot",
                    "have a kind in each document",
                    "without one in document " + number,
                    "write kind and apiVersion, as `kubectl get … -o json` does");
        } else {
            throw noObjects();
        }
    }

    /** In a list of one kind, as the API server itself gives it, the objects do not say what they are. */
    private static JsonNode named(JsonNode item, JsonNode list) {
        String kind = list.path("kind").asText();
        if (!(item instanceof ObjectNode object)
                || item.has("kind")
                || kind.length() <= LIST.length()
                || !kind.endsWith(LIST)) {
            return item;
        }
        return object.deepCopy()
                .put("kind", kind.substring(0, kind.length() - LIST.length()))
                .put("apiVersion", list.path("apiVersion").asText());
    }

    private static void add(List<HasMetadata> objects, JsonNode item) {
        String kind = item.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(item.path("apiVersion").asText() + "/" + kind);
        if (type == null) {
            return;
        }
        try {
            objects.add(OBJECTS.treeToValue(item, type));
        } catch (JsonProcessingException e) {
            throw InvalidValueException.of(
                    "snapshot",
                    "be JSON or YAML of Kubernetes objects",
                    "not: " + kind + " "
                            + MessageText.quoted(
                                    item.path("metadata").path("name").asText())
                            + " has a value of another type" + fieldOf(e),
                    "write what `kubectl get … -o json` gives",
                    e);
        }
    }

    private static String fieldOf(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "";
        }
        StringJoiner field = new StringJoiner(".", " at ", "").setEmptyValue("");
        for (JsonMappingException.Reference step : mapping.getPath()) {
            field.add(step.getFieldName() != null ? step.getFieldName() : "" + step.getIndex());
        }
        return MessageText.plain(field.toString());
    }

    /**
     * Returns where CoCalc's claims and pods are.
     *
     * @return the namespace's name
     */
    public String namespace() {
        return namespace;
    }

    /**
     * Returns the objects of a kind.
     *
     * @param type the model of the kind, for example {@code Pod.class}
     * @param <T> the model
     * @return in the order in which they were given, of all namespaces
     */
    @SuppressWarnings("unchecked") // what is kept under a type is of that type
    public <T extends HasMetadata> List<T> all(Class<T> type) {
        return (List<T>) byType.computeIfAbsent(
                type, asked -> objects.stream().filter(asked::isInstance).toList());
    }

    /** The claims of the namespace; an object that names none is taken to be in it. */
    List<PersistentVolumeClaim> claims() {
        return all(PersistentVolumeClaim.class).stream().filter(this::isHere).toList();
    }

    boolean isHere(HasMetadata object) {
        String own = object.getMetadata() == null ? null : object.getMetadata().getNamespace();
        return own == null || own.equals(namespace);
    }

    /** The first object of a name, in whichever namespace. */
    <T extends HasMetadata> Optional<T> find(Class<T> type, @Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        Map<String, HasMetadata> named = byName.computeIfAbsent(type, asked -> {
            Map<String, HasMetadata> first = new HashMap<>();
            all(type).forEach(object -> first.putIfAbsent(nameOf(object), object));
            return first;
        });
        return Optional.ofNullable(type.cast(named.get(name)));
    }

    static String nameOf(HasMetadata object) {
        return object.getMetadata() == null
                ? ""
                : Absent.asEmpty(object.getMetadata().getName());
    }

    /** Returns the number of objects in words. */
    @Override
    public String toString() {
        return objects.size() + " objects around namespace " + MessageText.quoted(namespace);
    }
}
