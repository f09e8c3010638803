package com.cocalc.storage.kubernetes;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.ProjectVolumes;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges our variables into those of a container. The key is the name; the last variable of a name counts. */
final class EnvMerge {

    private final Conflicts conflicts;
    private final String container;

    EnvMerge(Conflicts conflicts, String container) {
        this.conflicts = conflicts;
        this.container = container;
    }

    List<EnvVar> merge(List<EnvVar> existing, List<EnvVar> ours) {
        List<EnvVar> merged = new ArrayList<>(existing.size() + ours.size());
        merged.addAll(existing);
        for (EnvVar our : ours) {
            boolean list = our.getName().equals(ProjectVolumes.JUPYTER_PATH);
            boolean there = list ? mergeList(merged, our) : isThere(existing, our);
            if (!there) {
                merged.add(our);
            }
        }
        return merged;
    }

    private boolean isThere(List<EnvVar> existing, EnvVar our) {
        boolean there = false;
        for (int i = 0; i < existing.size(); i++) {
            EnvVar variable = existing.get(i);
            if (isNamed(variable, our.getName())) {
                there = true;
                if (variable.getValueFrom() != null || !our.getValue().equals(variable.getValue())) {
                    conflict(i, variable, "the value " + MessageText.quoted(our.getValue()));
                }
            }
        }
        return there;
    }

    /** Adds our element in front of a list of paths, unless the list has it. */
    private boolean mergeList(List<EnvVar> merged, EnvVar our) {
        int last = -1;
        for (int i = 0; i < merged.size(); i++) {
            if (isNamed(merged.get(i), our.getName())) {
                if (last >= 0) {
                    conflict(i, merged.get(i), "the variable once");
                }
                last = i;
            }
        }
        if (last < 0) {
            return false;
        }
        EnvVar variable = merged.get(last);
        String value = variable.getValue() == null ? "" : variable.getValue();
        if (variable.getValueFrom() != null) {
            conflict(last, variable, "a literal value that starts with " + MessageText.quoted(our.getValue()));
        } else if (!Arrays.asList(value.split(":", -1)).contains(our.getValue())) {
            EnvVar extended = ShallowCopy.of(variable);
            extended.setValue(value.isEmpty() ? our.getValue() : our.getValue() + ":" + value);
            merged.set(last, extended);
        }
        return true;
    }

    private static boolean isNamed(@Nullable EnvVar variable, String name) {
        return variable != null && name.equals(variable.getName());
    }

    private void conflict(int index, EnvVar variable, String wanted) {
        String found = variable.getValueFrom() != null
                ? variable.getName() + " with valueFrom"
                : variable.getName() + " = "
                        + MessageText.quoted(variable.getValue() == null ? "" : variable.getValue());
        conflicts.add(
                container + ".env[" + index + "]",
                found,
                wanted,
                "remove that variable, it is set from the configuration");
    }
}
