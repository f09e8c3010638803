package com.cocalc.storage.cli;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to change for a finding: a guess by its rule, its place and what the pod is to be. */
final class RepairRules {

    private static final ObjectMapper TREES = new JsonMapper();
    private static final List<String> KINDS = List.of("initContainers", "containers", "ephemeralContainers");
    private static final Pattern CONTAINER = Pattern.compile("/spec/(?:initC|c|ephemeralC)ontainers/[0-9]+");
    private static final Pattern MOUNT = Pattern.compile("(" + CONTAINER + ")/volumeMounts/[0-9]+");
    private static final Pattern VOLUME = Pattern.compile("/spec/volumes/[0-9]+");

    /** Fields of storage and identity, by their letters alone. */
    private static final Map<String, String> FIELDS = Stream.of(
                    "readOnly",
                    "subPath",
                    "subPathExpr",
                    "mountPath",
                    "mountPropagation",
                    "recursiveReadOnly",
                    "claimName",
                    "persistentVolumeClaim",
                    "volumeMounts",
                    "volumeDevices",
                    "securityContext",
                    "runAsUser",
                    "runAsGroup",
                    "runAsNonRoot",
                    "fsGroup",
                    "fsGroupChangePolicy",
                    "initContainers")
            .collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private final JsonNode pod;
    private final Wanted wanted;
    private final List<ObjectNode> operations = new ArrayList<>();

    RepairRules(JsonNode pod, Wanted wanted) {
        this.pod = pod;
        this.wanted = wanted;
    }

    List<ObjectNode> of(Finding finding) {
        String at = finding.pointer();
        switch (finding.rule().code()) {
            case "whole-claim",
                    "other-project",
                    "parent-directory",
                    "look-alike-directory",
                    "other-directory",
                    "sub-path-not-clean",
                    "sub-path-not-expanded",
                    "sub-path-expr",
                    "sub-path-expr-undefined",
                    "sub-path-expr-escapes",
                    "sub-path-expr-unknown" -> part(at);
            case "claim-not-expected" -> mount(at).ifPresent(this::removeMount);
            case "writable" -> mount(at).ifPresent(mount -> put(mount + "/readOnly", true));
            case "read-only" -> writable(at);
            case "read-only-source-with-sub-path" -> readOnlyMountsInstead(at);
            case "flags-disagree" -> agree(at);
            case "mounted-elsewhere" ->
                mount(at)
                        .flatMap(this::wantedOf)
                        .ifPresent(right -> put(at, right.mountPath().value()));
            case "not-mounted" -> addMount();
            case "variable-missing" -> addVariables(at);
            case "variable-wrong" -> setVariable(at);
            case "variable-without-mount",
                    "privileged",
                    "mount-propagation",
                    "recursive-read-only",
                    "host-pid",
                    "host-ipc",
                    "host-network",
                    "dangerous-capability",
                    "added-capability",
                    "proc-unmasked",
                    "clone-of-claim" -> remove(at);
            case "seccomp-unconfined", "app-armor-unconfined" -> put(at, "RuntimeDefault");
            case "run-as-user", "root-breaks-non-root", "root-beside-home" ->
                identity(at, wanted.identity().uid());
            case "run-as-group", "fs-group" -> identity(at, wanted.identity().gid());
            case "fs-group-change-policy" -> {
                withSecurityContext(at);
                put(at, "OnRootMismatch");
            }
            case "two-volumes-one-claim" -> oneVolume(at);
            case "impossible-claim-name", "over-our-path" -> rightClaim(at);
            case "mount-path-relative" -> put(at, "/" + pod.at(at).asText());
            case "unknown-field" -> rename(at);
            case "wrong-type" -> retype(at);
            default -> {
                // Nothing is certain: what is meant only its author knows.
            }
        }
        return operations;
    }

    private void part(String at) {
        mount(at).ifPresent(mount -> {
            Optional<StorageMount> right = wanted.mounts().stream()
                    .filter(candidate -> candidate.mountPath().value().equals(text(mount + "/mountPath"))
                            && candidate.claim().value().equals(claimOf(mount)))
                    .findFirst();
            if (right.isEmpty()) {
                removeMount(mount);
                return;
            }
            if (has(mount + "/subPathExpr")) {
                remove(mount + "/subPathExpr");
            }
            if (right.get().part() instanceof SubPath subPath) {
                put(mount + "/subPath", subPath.toString());
            } else if (has(mount + "/subPath")) {
                remove(mount + "/subPath");
            }
        });
    }

    /** With its volume, where nothing else uses that. */
    private void removeMount(String mount) {
        String name = text(mount + "/name");
        remove(mount);
        if (mountsOf(name).size() == 1) {
            volumeNamed(name).ifPresent(this::remove);
        }
    }

    private void writable(String at) {
        String volume = mount(at)
                .flatMap(mount -> volumeNamed(text(mount + "/name")))
                .or(() -> volume(at))
                .orElse("");
        String source = volume + "/persistentVolumeClaim";
        if (pod.at(source + "/readOnly").asBoolean()) {
            put(source + "/readOnly", false);
        }
        Stream<String> mounts = mount(at)
                .map(Stream::of)
                .orElseGet(() -> mountsOf(text(volume + "/name")).stream()
                        .filter(mount -> wantedOf(mount)
                                .filter(right -> right.access() == Access.READ_WRITE)
                                .isPresent()));
        mounts.filter(mount -> pod.at(mount + "/readOnly").asBoolean())
                .forEach(mount -> put(mount + "/readOnly", false));
    }

    private void readOnlyMountsInstead(String at) {
        volume(at).ifPresent(volume -> {
            remove(at);
            for (String mount : mountsOf(text(volume + "/name"))) {
                if (wantedOf(mount)
                        .filter(right -> right.access() == Access.READ_ONLY)
                        .isPresent()) {
                    put(mount + "/readOnly", true);
                }
            }
        });
    }

    /** Both flags say what the access is now. */
    private void agree(String at) {
        volume(at).ifPresent(volume -> {
            if (at.endsWith("/readOnly")) {
                for (String mount : mountsOf(text(volume + "/name"))) {
                    put(mount + "/readOnly", true);
                }
            } else {
                put(at + "/readOnly", true);
            }
        });
    }

    private void addMount() {
        List<String> containers = containers("containers");
        for (StorageMount right : wanted.mounts()) {
            boolean there = containers.stream()
                    .flatMap(container -> mountsIn(container).stream())
                    .anyMatch(mount ->
                            text(mount + "/mountPath").equals(right.mountPath().value()));
            Optional<String> container = theContainer(containers);
            if (!there && container.isPresent()) {
                addMount(right, container.get());
                return;
            }
        }
    }

    /** The only one, or the only one with storage of the installation. */
    private Optional<String> theContainer(List<String> containers) {
        List<String> seeing = containers.size() == 1
                ? containers
                : containers.stream()
                        .filter(container -> mountsIn(container).stream()
                                .anyMatch(mount -> wanted.mounts().stream()
                                        .anyMatch(right -> right.claim().value().equals(claimOf(mount)))))
                        .toList();
        return seeing.size() == 1 ? Optional.of(seeing.get(0)) : Optional.empty();
    }

    private void addMount(StorageMount right, String container) {
        String name = volumes().stream()
                .filter(volume -> text(volume + "/persistentVolumeClaim/claimName")
                        .equals(right.claim().value()))
                .map(volume -> text(volume + "/name"))
                .findFirst()
                .orElse("");
        if (name.isEmpty()) {
            name = right.volume();
            ObjectNode volume = TREES.createObjectNode().put("name", name);
            ObjectNode source = volume.putObject("persistentVolumeClaim")
                    .put("claimName", right.claim().value());
            if (right.access() == Access.READ_ONLY && !(right.part() instanceof SubPath)) {
                source.put("readOnly", true);
            }
            append("/spec/volumes", volume);
        }
        ObjectNode mount = TREES.createObjectNode()
                .put("name", name)
                .put("mountPath", right.mountPath().value());
        if (right.part() instanceof SubPath subPath) {
            mount.put("subPath", subPath.toString());
        }
        if (right.access() == Access.READ_ONLY) {
            mount.put("readOnly", true);
        }
        append(container + "/volumeMounts", mount);
    }

    private void addVariables(String container) {
        List<String> known = children(container + "/env").stream()
                .map(variable -> text(variable + "/name"))
                .toList();
        boolean created = !pod.at(container + "/env").isArray();
        for (Map.Entry<String, String> variable : wanted.environment().entrySet()) {
            if (!known.contains(variable.getKey())) {
                ObjectNode env = TREES.createObjectNode()
                        .put("name", variable.getKey())
                        .put("value", variable.getValue().replace("$(", "$$("));
                if (created) {
                    put(container + "/env", TREES.createArrayNode().add(env));
                    created = false;
                } else {
                    add(container + "/env/-", env);
                }
            }
        }
    }

    private void setVariable(String at) {
        String name = text(at + "/name");
        String value = wanted.environment().get(name);
        if (value != null) {
            String before = text(at + "/value");
            boolean list = name.equals(ProjectVolumes.JUPYTER_PATH) && !before.isEmpty();
            put(
                    at,
                    TREES.createObjectNode()
                            .put("name", name)
                            .put("value", value.replace("$(", "$$(") + (list ? ":" + before : "")));
        }
    }

    private void identity(String at, long id) {
        withSecurityContext(at);
        put(at, TREES.getNodeFactory().numberNode(id));
    }

    private void withSecurityContext(String at) {
        String parent = at.substring(0, at.lastIndexOf('/'));
        if (!has(parent)) {
            put(parent, TREES.createObjectNode());
        }
    }

    /** The mounts of the second volume use the first, which is the same claim. */
    private void oneVolume(String at) {
        volume(at).ifPresent(second -> {
            String claim = text(second + "/persistentVolumeClaim/claimName");
            String first = volumes().stream()
                    .filter(other ->
                            text(other + "/persistentVolumeClaim/claimName").equals(claim))
                    .findFirst()
                    .orElse(second);
            if (first.equals(second)) {
                return;
            }
            boolean firstReadOnly =
                    pod.at(first + "/persistentVolumeClaim/readOnly").asBoolean();
            boolean secondReadOnly =
                    pod.at(second + "/persistentVolumeClaim/readOnly").asBoolean();
            for (String mount : mountsOf(text(second + "/name"))) {
                put(mount + "/name", text(first + "/name"));
                if (secondReadOnly && !firstReadOnly) {
                    put(mount + "/readOnly", true);
                }
            }
            if (firstReadOnly && !secondReadOnly) {
                mountsOf(text(first + "/name")).forEach(mount -> put(mount + "/readOnly", true));
                remove(first + "/persistentVolumeClaim/readOnly");
            }
            remove(second);
        });
    }

    /** At a place of the installation's storage the claim that belongs there. */
    private void rightClaim(String at) {
        Optional<String> mount = mount(at);
        Optional<StorageMount> right = (mount.isPresent()
                        ? mount.stream()
                        : mountsOf(
                                volume(at).map(volume -> text(volume + "/name")).orElse(""))
                                .stream())
                .flatMap(place -> wanted.mounts().stream()
                        .filter(candidate -> candidate.mountPath().value().equals(text(place + "/mountPath"))))
                .findFirst();
        if (right.isEmpty()) {
            return;
        }
        String claim = right.get().claim().value();
        if (mount.isPresent()) {
            volumes().stream()
                    .filter(volume ->
                            text(volume + "/persistentVolumeClaim/claimName").equals(claim))
                    .findFirst()
                    .ifPresent(volume -> put(mount.get() + "/name", text(volume + "/name")));
        } else if (at.endsWith("/claimName")) {
            put(at, claim);
        }
    }

    /** A field in the wrong letter case. */
    private void rename(String at) {
        int slash = at.lastIndexOf('/');
        String right = FIELDS.get(at.substring(slash + 1).toLowerCase(Locale.ROOT));
        String to = at.substring(0, slash + 1) + right;
        if (right != null && !at.equals(to) && has(at) && !has(to)) {
            operations.add(operation("move", to).put("from", at));
        }
    }

    /** Text that looks like the value that the field takes. */
    private void retype(String at) {
        JsonNode value = pod.at(at);
        if (value.isTextual() && value.asText().matches("true|false")) {
            put(at, Boolean.parseBoolean(value.asText()));
        } else if (value.isTextual() && value.asText().matches("[0-9]{1,9}")) {
            put(at, TREES.getNodeFactory().numberNode(Long.parseLong(value.asText())));
        }
    }

    /** What belongs where a mount is, or what of its claim; of two the one with the same part. */
    private Optional<StorageMount> wantedOf(String mount) {
        List<StorageMount> ofClaim = wanted.mounts().stream()
                .filter(right -> right.claim().value().equals(claimOf(mount)))
                .toList();
        String subPath = text(mount + "/subPath");
        return Stream.concat(
                        ofClaim.stream()
                                .filter(right -> right.part() instanceof SubPath part
                                        ? part.toString().equals(subPath)
                                        : subPath.isEmpty()),
                        ofClaim.stream())
                .findFirst();
    }

    private static Optional<String> mount(String at) {
        return first(MOUNT, at);
    }

    private static Optional<String> volume(String at) {
        return first(VOLUME, at);
    }

    private static Optional<String> first(Pattern pattern, String at) {
        Matcher matcher = pattern.matcher(at);
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private String claimOf(String mount) {
        return volumeNamed(text(mount + "/name"))
                .map(volume -> text(volume + "/persistentVolumeClaim/claimName"))
                .orElse("");
    }

    private Optional<String> volumeNamed(String name) {
        return volumes().stream()
                .filter(volume -> text(volume + "/name").equals(name))
                .findFirst();
    }

    private List<String> volumes() {
        return children("/spec/volumes");
    }

    private List<String> containers(String kind) {
        return children("/spec/" + kind);
    }

    private List<String> mountsIn(String container) {
        return children(container + "/volumeMounts");
    }

    private List<String> mountsOf(String volume) {
        return KINDS.stream()
                .flatMap(kind -> containers(kind).stream())
                .flatMap(container -> mountsIn(container).stream())
                .filter(mount -> text(mount + "/name").equals(volume))
                .toList();
    }

    private List<String> children(String array) {
        List<String> children = new ArrayList<>();
        for (int i = 0; i < pod.at(array).size(); i++) {
            children.add(array + "/" + i);
        }
        return children;
    }

    private String text(String at) {
        return pod.at(at).asText();
    }

    private boolean has(String at) {
        return !pod.at(at).isMissingNode();
    }

    private void append(String array, JsonNode element) {
        if (pod.at(array).isArray()) {
            add(array + "/-", element);
        } else {
            put(array, TREES.createArrayNode().add(element));
        }
    }

    private void put(String at, boolean value) {
        put(at, TREES.getNodeFactory().booleanNode(value));
    }

    private void put(String at, String value) {
        put(at, TREES.getNodeFactory().textNode(value));
    }

    private void put(String at, JsonNode value) {
        operations.add(operation(has(at) ? "replace" : "add", at).set("value", value));
    }

    private void add(String at, JsonNode value) {
        operations.add(operation("add", at).set("value", value));
    }

    private void remove(String at) {
        if (has(at)) {
            operations.add(operation("remove", at));
        }
    }

    private static ObjectNode operation(String op, String at) {
        return TREES.createObjectNode().put("op", op).put("path", at);
    }
}
