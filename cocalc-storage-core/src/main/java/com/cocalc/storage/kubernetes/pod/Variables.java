package com.cocalc.storage.kubernetes.pod;

import com.cocalc.storage.CleanedPath;
import com.cocalc.storage.ProjectVolumes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a container that the pod shows, and the expansion of {@code $(NAME)} with them.
 *
 * <p>Variables that name each other can double their length with each step. A value that is too long for Linux counts
 * as unknown, because no program starts with it.
 */
public final class Variables {

    /** The longest variable that Linux passes to a program. */
    private static final int LONGEST = 131_072;

    /** The approximate size of all variables that Linux passes to a program. */
    private static final int MOST = 2_097_152;

    /** The variables that the kubelet adds for the services of the namespace. */
    private static final Pattern OF_SERVICES = Pattern.compile("[A-Z][A-Z0-9_]*_(SERVICE_HOST|(SERVICE_)?PORT(_.+)?)");

    private static final Pattern ENTRY = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> fromElsewhere = new HashSet<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final ObjectMeta metadata;
    private final boolean open;
    private int left = MOST;

    Variables(Container container, ObjectMeta metadata) {
        this.metadata = metadata;
        open = !Absent.asEmpty(container.getEnvFrom()).isEmpty();
        List<EnvVar> env = Absent.asEmpty(container.getEnv());
        for (int i = 0; i < env.size(); i++) {
            EnvVar variable = env.get(i);
            if (variable != null) {
                define(variable, i);
            }
        }
    }

    private void define(EnvVar variable, int place) {
        String name = Absent.asEmpty(variable.getName());
        places.put(name, place);
        if (variable.getValueFrom() != null) {
            defineFrom(variable.getValueFrom(), name);
            return;
        }
        fromElsewhere.remove(name);
        Expanded value = expand(Absent.asEmpty(variable.getValue()));
        values.put(name, value.text());
        if (value.isUnknown()) {
            fromElsewhere.add(name);
        }
    }

    private void defineFrom(EnvVarSource source, String name) {
        ObjectFieldSelector field = source.getFieldRef();
        String value = field == null ? "" : fieldOfPod(Absent.asEmpty(field.getFieldPath()));
        if (value.isEmpty()) {
            values.remove(name);
            fromElsewhere.add(name);
        } else {
            fromElsewhere.remove(name);
            values.put(name, value);
        }
    }

    /** The value of a field, empty where it is not there: a webhook or the server may still set it. */
    private String fieldOfPod(String path) {
        Matcher entry = ENTRY.matcher(path);
        if (entry.matches()) {
            Map<String, String> entries = entry.group(1).equals("labels")
                    ? Absent.asEmpty(metadata.getLabels())
                    : Absent.asEmpty(metadata.getAnnotations());
            return Absent.asEmpty(entries.get(entry.group(2)));
        }
        return switch (path) {
            case "metadata.name" -> Absent.asEmpty(metadata.getName());
            case "metadata.namespace" -> Absent.asEmpty(metadata.getNamespace());
            default -> "";
        };
    }

    /** Returns whether the pod shows a variable, with a value or with a source of one. */
    public boolean isDefined(String name) {
        return places.containsKey(name);
    }

    /**
     * Returns the index of a variable in {@code env}.
     *
     * @param name the name of the variable
     * @return the index, or -1 if there is none; of several variables that of the last one, which wins
     */
    public int placeOf(String name) {
        return places.getOrDefault(name, -1);
    }

    /**
     * Finds the value of a variable.
     *
     * @param name the name of the variable
     * @return its value, or null if the variable is missing or its value comes from elsewhere
     */
    @Nullable
    public String find(String name) {
        return fromElsewhere.contains(name) ? null : values.get(name);
    }

    /** Returns whether there may be variables that the pod does not show. */
    public boolean isOpen() {
        return open;
    }

    /**
     * Returns whether a variable has a required value. A list of directories agrees if it contains the required one.
     *
     * @param name the name of the variable
     * @param found its value, or null if the pod does not show it
     * @param value the required value
     * @return whether programs find the directory
     */
    public static boolean agrees(String name, @Nullable String found, String value) {
        return found != null
                && (isSamePath(found, value)
                        || (name.equals(ProjectVolumes.JUPYTER_PATH)
                                && Arrays.stream(found.split(":", -1)).anyMatch(path -> isSamePath(path, value))));
    }

    private static boolean isSamePath(String found, String value) {
        return value.equals(found)
                || (found.startsWith("/") && CleanedPath.absolute(found).equals(CleanedPath.absolute(value)));
    }

    /** Replaces {@code $(NAME)}, and {@code $$} by {@code $}; unknown references are not replaced. */
    Expanded expand(String text) {
        References references = new References();
        Optional<String> expanded = Expansion.expand(text, references, Math.min(LONGEST, left));
        if (expanded.isEmpty()) {
            return new Expanded(text, true, false);
        }
        left -= text.indexOf('$') < 0 ? 0 : expanded.get().length();
        return new Expanded(expanded.get(), references.isUnknown, references.isUndefined);
    }

    /** Looks up names, and records those that were not found. */
    private final class References implements Function<String, @Nullable String> {

        private boolean isUnknown;
        private boolean isUndefined;

        @Override
        public @Nullable String apply(String name) {
            String value = find(name);
            boolean elsewhere = open || OF_SERVICES.matcher(name).matches();
            boolean hidden = fromElsewhere.contains(name) || (elsewhere && !values.containsKey(name));
            isUnknown |= hidden;
            isUndefined |= !hidden && Absent.isEmpty(value);
            return value;
        }
    }

    /**
     * A text with its references replaced.
     *
     * @param text the text
     * @param isUnknown whether a reference leads to a value that the pod does not show
     * @param isUndefined whether a reference leads to nothing, or to an empty value
     */
    record Expanded(String text, boolean isUnknown, boolean isUndefined) {}
}
