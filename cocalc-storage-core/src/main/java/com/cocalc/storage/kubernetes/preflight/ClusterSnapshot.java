package com.cocalc.storage.kubernetes.preflight;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.NameRules;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cluster that the storage depends on, as they were listed: claims, volumes, classes, CSI drivers,
 * namespaces and their quotas, services and what is behind them, pods, jobs and events.
 *
 * <p>Objects of other kinds are skipped. The objects are shared with the caller and must not be changed.
 *
 * <pre>{@code
 * String listed = Files.readString(Path.of("cluster.yaml")); // kubectl get -A -o yaml pvc,pv,storageclass,…
 * ClusterSnapshot snapshot = ClusterSnapshot.parse("cocalc", listed);
 * List<PersistentVolume> volumes = snapshot.all(PersistentVolume.class);
 * }</pre>
 */
public final class ClusterSnapshot {

    /** No object of Kubernetes is nested a third as deep. */
    static final int DEEPEST = 100;

    private static final ObjectReader JSON = new JsonMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST + 1)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .readerFor(JsonNode.class);
    /** A brace opens a map of YAML as well, but then a name without quotes follows. */
    private static final Pattern JSON_START = Pattern.compile("\\s*+\\{\\s*+(?:[\"}]|$)");

    private static final JsonMapper OBJECTS = new JsonMapper();
    private static final String SLICE = "discovery.k8s.io/v1/EndpointSlice";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1/PersistentVolume", PersistentVolume.class),
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/Endpoints", Endpoints.class),
            Map.entry(SLICE, GenericKubernetesResource.class),
            Map.entry("v1/Pod", Pod.class),
            Map.entry("v1/ResourceQuota", ResourceQuota.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("v1/Event", Event.class),
            Map.entry("storage.k8s.io/v1/StorageClass", StorageClass.class),
            Map.entry("storage.k8s.io/v1/CSIDriver", CSIDriver.class));

    private static final String LIST = "List";
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";

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
     * Creates a snapshot of objects that a client listed.
     *
     * @param namespace the namespace of CoCalc's claims and pods
     * @param objects the objects, of any kind and namespace, in any order; nulls are skipped
     * @return the snapshot
     * @throws InvalidValueException if no namespace can have this name
     */
    public static ClusterSnapshot of(String namespace, Collection<? extends HasMetadata> objects) {
        return new ClusterSnapshot(
                namespace,
                objects.stream()
                        .filter(Objects::nonNull)
                        .map(ClusterSnapshot::generic)
                        .toList());
    }

    /** The model of this kind is not among those that the library needs. */
    private static HasMetadata generic(HasMetadata object) {
        return SLICE.equals(object.getApiVersion() + "/" + object.getKind())
                ? OBJECTS.convertValue(object, GenericKubernetesResource.class)
                : object;
    }

    /**
     * Reads what {@code kubectl get pvc,pv,sc,csidriver,namespace,quota,service,endpointslice,pod,job,event -o json}
     * prints. Of namespaced objects it lists one namespace; the NFS server can be in another, so
     * {@code --all-namespaces} sees more.
     *
     * <p>In YAML, aliases are refused. A document may be 100 levels deep.
     *
     * @param namespace the namespace of CoCalc's claims and pods
     * @param text a {@code List}, one object, or several documents of these, as JSON or YAML
     * @return the snapshot
     * @throws InvalidValueException if the text is not such a list, or no namespace can have this name
     */
    public static ClusterSnapshot parse(String namespace, String text) {
        requireNonNull(text, "text");
        Contents contents = new Contents();
        String document = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (JSON_START.matcher(document).lookingAt()) {
            readJson(document, contents);
        } else {
            YamlTree.read(document, contents::add);
        }
        if (contents.documents == 0) {
            throw noObjects();
        }
        return new ClusterSnapshot(namespace, contents.objects);
    }

    private static void readJson(String text, Contents contents) {
        try (MappingIterator<JsonNode> documents = JSON.readValues(text)) {
            while (documents.hasNextValue()) {
                contents.add(documents.nextValue());
            }
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            boolean hasPlace = location != null && location.getLineNr() > 0;
            throw broken(
                    hasPlace
                            ? " at line " + location.getLineNr() + ", column " + location.getColumnNr()
                            : e instanceof StreamConstraintsException
                                    ? ", as something in it is too deep or too long"
                                    : "",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text is read from memory
        }
    }

    static InvalidValueException broken(String place, @Nullable Exception cause) {
        return InvalidValueException.of(
                "snapshot",
                "be JSON or YAML of Kubernetes objects",
                "not" + place,
                "write what `kubectl get … -o json` gives",
                cause);
    }

    /** What the documents hold. */
    private static final class Contents {

        private final List<HasMetadata> objects = new ArrayList<>();
        private int documents;

        /** An empty document stands between two lines of dashes, or has nothing but a comment. */
        void add(@Nullable JsonNode document) {
            boolean isEmpty = document == null
                    || document.isNull()
                    || document.isMissingNode()
                    || (document.isTextual() && document.textValue().isBlank());
            if (document != null && !isEmpty) {
                documents++;
                addAll(objects, document, documents);
            }
        }
    }

    private static InvalidValueException noObjects() {
        return InvalidValueException.of(
                "snapshot",
                "be a List of Kubernetes objects",
                "without items",
                "write what `kubectl get pvc,pv,sc,csidriver,namespace,quota,service,endpointslice,pod,job,event -o json` gives");
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
     * Returns the namespace of CoCalc's claims and pods.
     *
     * @return its name
     */
    public String namespace() {
        return namespace;
    }

    /**
     * Returns the objects of a kind.
     *
     * @param type the model of the kind, for example {@code Pod.class}
     * @param <T> the model
     * @return the objects of all namespaces, in the order in which they were given
     */
    @SuppressWarnings("unchecked") // what is kept under a type is of that type
    public <T extends HasMetadata> List<T> all(Class<T> type) {
        return (List<T>) byType.computeIfAbsent(
                type, asked -> objects.stream().filter(asked::isInstance).toList());
    }

    /** Which addresses are behind services, as {@code EndpointSlice} tells. */
    List<GenericKubernetesResource> endpointSlices() {
        return all(GenericKubernetesResource.class).stream()
                .filter(one -> SLICE.equals(one.getApiVersion() + "/" + one.getKind()))
                .toList();
    }

    /** The claims of the namespace; an object that names none is taken to be in it. */
    List<PersistentVolumeClaim> claims() {
        return all(PersistentVolumeClaim.class).stream().filter(this::isHere).toList();
    }

    /**
     * Returns the volume behind a claim of the namespace.
     *
     * @param claim the name of the claim
     * @return the volume; empty if the claim is missing or not bound, or if the volume is missing
     */
    public Optional<PersistentVolume> volumeOf(ClaimName claim) {
        return ClaimPreflight.findClaim(this, claim).flatMap(this::volumeOf);
    }

    Optional<PersistentVolume> volumeOf(PersistentVolumeClaim claim) {
        return find(PersistentVolume.class, volumeNameOf(claim));
    }

    /** The name of the volume that a claim is bound to or asks for; null if it names none. */
    static @Nullable String volumeNameOf(PersistentVolumeClaim claim) {
        String volume = claim.getSpec() == null ? null : claim.getSpec().getVolumeName();
        return Absent.isEmpty(volume) ? null : volume;
    }

    /**
     * The class that a claim asks for or a volume has: its annotation, as it was once written, goes before its field.
     */
    static @Nullable String classOf(HasMetadata object, @Nullable String field) {
        ObjectMeta metadata = Absent.asEmpty(object.getMetadata(), ObjectMeta::new);
        return Absent.asEmpty(metadata.getAnnotations()).getOrDefault(CLASS, field);
    }

    static @Nullable String classOf(PersistentVolumeClaim claim) {
        return classOf(claim, claim.getSpec() == null ? null : claim.getSpec().getStorageClassName());
    }

    boolean isHere(HasMetadata object) {
        return namespaceOf(object).equals(namespace);
    }

    /** The namespace of an object; one that names none is taken to be in that of CoCalc. */
    String namespaceOf(HasMetadata object) {
        String own = object.getMetadata() == null ? null : object.getMetadata().getNamespace();
        return own == null ? namespace : own;
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

    ObjectName objectName(HasMetadata object) {
        return ObjectName.of(object, namespace);
    }

    /** The claim of this name that pods of CoCalc mount, whether or not it is there. */
    ObjectName objectName(ClaimName claim) {
        return ObjectName.ofClaim(namespace, claim.value());
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
