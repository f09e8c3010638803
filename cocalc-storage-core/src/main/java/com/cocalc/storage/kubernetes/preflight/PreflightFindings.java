package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.audit.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects findings by object; what is said of an object twice counts once. */
final class PreflightFindings {

    private final Map<ObjectName, Map<String, Finding>> findings = new LinkedHashMap<>();

    void add(ObjectName object, PreflightRule rule, String pointer, String what) {
        add(object, rule, pointer, what, rule.remedy());
    }

    void add(ObjectName object, PreflightRule rule, String pointer, String what, String remedy) {
        findings.computeIfAbsent(object, first -> new LinkedHashMap<>())
                .putIfAbsent(rule.name() + pointer + what, new Finding(rule, pointer, what, List.of(), remedy));
    }

    List<PreflightFinding> list() {
        return findings.entrySet().stream()
                .flatMap(object ->
                        object.getValue().values().stream().map(one -> new PreflightFinding(object.getKey(), one)))
                .toList();
    }
}
