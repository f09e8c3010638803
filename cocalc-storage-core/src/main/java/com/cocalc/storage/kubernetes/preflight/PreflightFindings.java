package com.cocalc.storage.kubernetes.preflight;

import com.cocalc.storage.kubernetes.audit.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects findings; what is said of an object twice counts once. */
final class PreflightFindings {

    private final Map<String, Finding> findings = new LinkedHashMap<>();

    void add(PreflightRule rule, String pointer, String what) {
        add(rule, pointer, what, rule.remedy());
    }

    void add(PreflightRule rule, String pointer, String what, String remedy) {
        findings.putIfAbsent(rule.name() + pointer + what, new Finding(rule, pointer, what, List.of(), remedy));
    }

    List<Finding> list() {
        return List.copyOf(new ArrayList<>(findings.values()));
    }
}
