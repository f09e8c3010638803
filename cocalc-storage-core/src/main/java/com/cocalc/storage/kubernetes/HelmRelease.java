package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A release of the chart {@code nfs-server-provisioner}, with the names of the objects that the chart creates.
 *
 * @param namespace the namespace of the release
 * @param name the name of the release
 */
record HelmRelease(String namespace, String name) {

    private static final String CHART = "nfs-server-provisioner";
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 53;

    HelmRelease {
        requireLabel("namespace", namespace, LONGEST_LABEL);
        requireLabel("release", name, LONGEST_NAME);
    }

    private static void requireLabel(String subject, String name, int longest) {
        requireNonNull(name, subject);
        if (name.length() > longest || !Pattern.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?", name)) {
            throw InvalidValueException.of(
                    subject,
                    "be a DNS-1123 label (lower case, digits, '-'; a letter or digit at both ends; at most " + longest
                            + " characters)",
                    MessageText.quoted(name),
                    "rename the " + subject);
        }
    }

    /** Returns the labels of the server's pods. */
    Map<String, String> podLabels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app", CHART);
        labels.put("release", name);
        return labels;
    }

    /** Returns the name of the release's objects, which the chart cuts at the length of a label. */
    String fullName() {
        String full = name.contains(CHART) ? name : name + "-" + CHART;
        String cut = full.substring(0, Math.min(full.length(), LONGEST_LABEL));
        return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
    }

    /** Returns the provisioner of the class. */
    String provisioner() {
        return "cluster.local/" + fullName();
    }
}
