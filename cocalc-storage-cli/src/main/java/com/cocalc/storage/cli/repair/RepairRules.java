package com.cocalc.storage.cli.repair;

import com.cocalc.storage.Access;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.SubPath;
import com.cocalc.storage.kubernetes.audit.Finding;
import com.cocalc.storage.kubernetes.pod.Expansion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Proposes changes for a finding, by its rule, its place and the wanted pod. */
final class RepairRules {

    private static final ObjectMapper TREES = new JsonMapper();

    /** The fields of storage and identity, by their lower-case letters. */
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

    private final PodEdit pod;
    private final Wanted wanted;

    RepairRules(JsonNode pod, Wanted wanted) {
        this.pod = new PodEdit(pod);
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
            case "sub-path-in-home" -> {
                if (PodEdit.mount(at).flatMap(this::rightAtPlace).isPresent()) {
                    part(at); // at another place programs look there for the directory
                }
            }
            case "claim-not-expected" -> PodEdit.mount(at).ifPresent(this::removeMount);
            case "writable" -> PodEdit.mount(at).ifPresent(mount -> pod.put(mount + "/readOnly", true));
            case "read-only" -> writable(at);
            case "read-only-source-with-sub-path" -> readOnlyMountsInstead(at);
            case "flags-disagree" -> agree(at);
            case "mounted-elsewhere" ->
                PodEdit.mount(at)
                        .flatMap(this::wantedOf)
                        .ifPresent(right -> pod.put(at, right.mountPath().value()));
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
                    "clone-of-claim" -> pod.remove(at);
            case "seccomp-unconfined", "app-armor-unconfined" -> pod.put(at, "RuntimeDefault");
            case "run-as-user", "root-breaks-non-root", "root-beside-home", "root-beside-repair" ->
                identity(at, wanted.identity().uid());
            case "windows" -> pod.put(at, "linux");
            case "run-as-group", "fs-group" -> identity(at, wanted.identity().gid());
            case "group-without-user" ->
                identity(
                        at.replace("runAsGroup", "runAsUser"), wanted.identity().uid());
            case "fs-group-change-policy" -> {
                withSecurityContext(at);
                pod.put(at, "OnRootMismatch");
            }
            case "two-volumes-one-claim" -> oneVolume(at);
            case "impossible-claim-name", "over-our-path" -> rightClaim(at);
            case "mount-path-relative", "working-directory-relative" ->
                pod.put(at, "/" + pod.at(at).asText());
            case "unknown-field" -> rename(at);
            case "wrong-type" -> retype(at);
            default -> {
                // Nothing is certain: what is meant only its author knows.
            }
        }
        return pod.operations();
    }

    private void part(String at) {
        PodEdit.mount(at).ifPresent(mount -> {
            Optional<StorageMount> right = rightAtPlace(mount);
            if (right.isEmpty()) {
                removeMount(mount);
                return;
            }
            if (pod.has(mount + "/subPathExpr")) {
                pod.remove(mount + "/subPathExpr");
            }
            if (right.get().part() instanceof SubPath subPath) {
                pod.put(mount + "/subPath", subPath.toString());
            } else if (pod.has(mount + "/subPath")) {
                pod.remove(mount + "/subPath");
            }
        });
    }

    /** Returns the wanted mount of the same claim at the same path. */
    private Optional<StorageMount> rightAtPlace(String mount) {
        return wanted.mounts().stream()
                .filter(candidate -> candidate.mountPath().value().equals(pod.text(mount + "/mountPath"))
                        && candidate.claim().value().equals(pod.claimOf(mount)))
                .findFirst();
    }

    /** Removes a mount, and its volume if nothing else uses it. */
    private void removeMount(String mount) {
        String name = pod.text(mount + "/name");
        pod.remove(mount);
        if (pod.mountsOf(name).size() == 1) {
            pod.volumeNamed(name).ifPresent(pod::remove);
        }
    }

    private void writable(String at) {
        String volume = PodEdit.mount(at)
                .flatMap(mount -> pod.volumeNamed(pod.text(mount + "/name")))
                .or(() -> PodEdit.volume(at))
                .orElse("");
        String source = volume + "/persistentVolumeClaim";
        if (pod.at(source + "/readOnly").asBoolean()) {
            pod.put(source + "/readOnly", false);
        }
        Stream<String> mounts = PodEdit.mount(at)
                .map(Stream::of)
                .orElseGet(() -> pod.mountsOf(pod.text(volume + "/name")).stream()
                        .filter(mount -> wantedOf(mount)
                                .filter(right -> right.access() == Access.READ_WRITE)
                                .isPresent()));
        mounts.filter(mount -> pod.at(mount + "/readOnly").asBoolean())
                .forEach(mount -> pod.put(mount + "/readOnly", false));
    }

    private void readOnlyMountsInstead(String at) {
        PodEdit.volume(at).ifPresent(volume -> {
            pod.remove(at);
            for (String mount : pod.mountsOf(pod.text(volume + "/name"))) {
                if (wantedOf(mount)
                        .filter(right -> right.access() == Access.READ_ONLY)
                        .isPresent()) {
                    pod.put(mount + "/readOnly", true);
                }
            }
        });
    }

    /** Sets both read-only flags to the present access. */
    private void agree(String at) {
        PodEdit.volume(at).ifPresent(volume -> {
            if (at.endsWith("/readOnly")) {
                for (String mount : pod.mountsOf(pod.text(volume + "/name"))) {
                    pod.put(mount + "/readOnly", true);
                }
            } else {
                pod.put(at + "/readOnly", true);
            }
        });
    }

    private void addMount() {
        List<String> containers = pod.containers("containers");
        for (StorageMount right : wanted.mounts()) {
            boolean there = containers.stream()
                    .flatMap(container -> pod.mountsIn(container).stream())
                    .anyMatch(mount -> pod.text(mount + "/mountPath")
                            .equals(right.mountPath().value()));
            Optional<String> container = theContainer(containers);
            if (!there && container.isPresent()) {
                addMount(right, container.get());
                return;
            }
        }
    }

    /** Returns the only container, or the only one with storage of the installation. */
    private Optional<String> theContainer(List<String> containers) {
        List<String> seeing = containers.size() == 1
                ? containers
                : containers.stream()
                        .filter(container -> pod.mountsIn(container).stream()
                                .anyMatch(mount -> wanted.mounts().stream()
                                        .anyMatch(right -> right.claim().value().equals(pod.claimOf(mount)))))
                        .toList();
        return seeing.size() == 1 ? Optional.of(seeing.get(0)) : Optional.empty();
    }

    private void addMount(StorageMount right, String container) {
        String name = pod.volumes().stream()
                .filter(volume -> pod.text(volume + "/persistentVolumeClaim/claimName")
                        .equals(right.claim().value()))
                .map(volume -> pod.text(volume + "/name"))
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
            pod.append("/spec/volumes", volume);
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
        pod.append(container + "/volumeMounts", mount);
    }

    private void addVariables(String container) {
        List<String> known = pod.children(container + "/env").stream()
                .map(variable -> pod.text(variable + "/name"))
                .toList();
        boolean created = !pod.at(container + "/env").isArray();
        for (Map.Entry<String, String> variable : wanted.environment().entrySet()) {
            if (!known.contains(variable.getKey())) {
                ObjectNode env = TREES.createObjectNode()
                        .put("name", variable.getKey())
                        .put("value", Expansion.escape(variable.getValue()));
                if (created) {
                    pod.put(container + "/env", TREES.createArrayNode().add(env));
                    created = false;
                } else {
                    pod.add(container + "/env/-", env);
                }
            }
        }
    }

    private void setVariable(String at) {
        String name = pod.text(at + "/name");
        String value = wanted.environment().get(name);
        if (value != null) {
            String before = pod.text(at + "/value");
            boolean list = name.equals(ProjectVolumes.JUPYTER_PATH) && !before.isEmpty();
            pod.put(
                    at,
                    TREES.createObjectNode()
                            .put("name", name)
                            .put("value", Expansion.escape(value) + (list ? ":" + before : "")));
        }
    }

    private void identity(String at, long id) {
        withSecurityContext(at);
        pod.put(at, TREES.getNodeFactory().numberNode(id));
    }

    private void withSecurityContext(String at) {
        String parent = at.substring(0, at.lastIndexOf('/'));
        if (!pod.has(parent)) {
            pod.put(parent, TREES.createObjectNode());
        }
    }

    /** Lets the mounts of the second volume use the first one, which has the same claim. */
    private void oneVolume(String at) {
        PodEdit.volume(at).ifPresent(second -> {
            String claim = pod.text(second + "/persistentVolumeClaim/claimName");
            String first = pod.volumes().stream()
                    .filter(other ->
                            pod.text(other + "/persistentVolumeClaim/claimName").equals(claim))
                    .findFirst()
                    .orElse(second);
            if (first.equals(second)) {
                return;
            }
            boolean firstReadOnly =
                    pod.at(first + "/persistentVolumeClaim/readOnly").asBoolean();
            boolean secondReadOnly =
                    pod.at(second + "/persistentVolumeClaim/readOnly").asBoolean();
            for (String mount : pod.mountsOf(pod.text(second + "/name"))) {
                pod.put(mount + "/name", pod.text(first + "/name"));
                if (secondReadOnly && !firstReadOnly) {
                    pod.put(mount + "/readOnly", true);
                }
            }
            if (firstReadOnly && !secondReadOnly) {
                pod.mountsOf(pod.text(first + "/name")).forEach(mount -> pod.put(mount + "/readOnly", true));
                pod.remove(first + "/persistentVolumeClaim/readOnly");
            }
            pod.remove(second);
        });
    }

    /** Sets the claim that belongs to a mount path of the installation's storage. */
    private void rightClaim(String at) {
        Optional<String> mount = PodEdit.mount(at);
        Optional<StorageMount> right = (mount.isPresent()
                        ? mount.stream()
                        : pod
                                .mountsOf(PodEdit.volume(at)
                                        .map(volume -> pod.text(volume + "/name"))
                                        .orElse(""))
                                .stream())
                .flatMap(place -> wanted.mounts().stream()
                        .filter(candidate -> candidate.mountPath().value().equals(pod.text(place + "/mountPath"))))
                .findFirst();
        if (right.isEmpty()) {
            return;
        }
        String claim = right.get().claim().value();
        if (mount.isPresent()) {
            pod.volumes().stream()
                    .filter(volume -> pod.text(volume + "/persistentVolumeClaim/claimName")
                            .equals(claim))
                    .findFirst()
                    .ifPresent(volume -> pod.put(mount.get() + "/name", pod.text(volume + "/name")));
        } else if (at.endsWith("/claimName")) {
            pod.put(at, claim);
        }
    }

    /** Renames a field that is written in the wrong letter case. */
    private void rename(String at) {
        int slash = at.lastIndexOf('/');
        String right = FIELDS.get(at.substring(slash + 1).toLowerCase(Locale.ROOT));
        String to = at.substring(0, slash + 1) + right;
        if (right != null && !at.equals(to) && pod.has(at) && !pod.has(to)) {
            pod.move(at, to);
        }
    }

    /** Replaces a text that looks like a value of the field's type. */
    private void retype(String at) {
        JsonNode value = pod.at(at);
        if (value.isTextual() && value.asText().matches("true|false")) {
            pod.put(at, Boolean.parseBoolean(value.asText()));
        } else if (value.isTextual() && value.asText().matches("[0-9]{1,9}")) {
            pod.put(at, TREES.getNodeFactory().numberNode(Long.parseLong(value.asText())));
        }
    }

    /** Returns the wanted mount at a mount's path, or of its claim; of two the one with the same part. */
    private Optional<StorageMount> wantedOf(String mount) {
        List<StorageMount> ofClaim = wanted.mounts().stream()
                .filter(right -> right.claim().value().equals(pod.claimOf(mount)))
                .toList();
        String subPath = pod.text(mount + "/subPath");
        return Stream.concat(
                        ofClaim.stream()
                                .filter(right -> right.part() instanceof SubPath part
                                        ? part.toString().equals(subPath)
                                        : subPath.isEmpty()),
                        ofClaim.stream())
                .findFirst();
    }
}
