package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.audit.Audited;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pod in which every field of the model is set: each of them is taken away, or filled with nulls, one at a time. */
class EveryFieldTest {

    private static final String MODELS = "io.fabric8.kubernetes.api.model.";
    private static final int DEEPEST = 8;
    private static final Map<Class<?>, Object> SCALARS = Map.of(
            String.class,
            "project",
            Boolean.class,
            true,
            Integer.class,
            1,
            Long.class,
            1L,
            Quantity.class,
            new Quantity("1"),
            IntOrString.class,
            new IntOrString(1));

    private final PodStorage storage = PodStorage.of(
                    ProjectVolumes.forProject(ProjectId.parse(Audited.ID), ProjectLicenses.none()))
            .hardened();
    private int variants;

    @Test
    void noFieldIsTakenForGranted() throws ReflectiveOperationException {
        Pod full = (Pod) filled(Pod.class, DEEPEST);
        judge(full, "/");

        damageEach(full, full, "");

        assertThat(variants).isGreaterThan(1_500);
    }

    private void judge(Pod pod, String where) {
        try {
            assertThat(PodAudit.audit(new PodTemplateSpec(pod.getMetadata(), pod.getSpec()), Audited.project()))
                    .isNotNull();
            assertThat(PodSecurity.of(PodSecurityLevel.RESTRICTED).violations(pod))
                    .isNotNull();
            storage.applyTo(pod, "project");
        } catch (IllegalArgumentException e) {
            assertThat(e).as(where).hasMessageNotContaining("Exception");
        } catch (RuntimeException e) {
            throw new AssertionError("without " + where, e);
        }
    }

    private void damageEach(Object object, Pod pod, String path) throws ReflectiveOperationException {
        if (object instanceof List<?> list) {
            for (Object element : list) {
                damageEach(element, pod, path);
            }
        }
        if (!object.getClass().getName().startsWith(MODELS) || SCALARS.containsKey(object.getClass())) {
            return;
        }
        for (Method setter : setters(object.getClass())) {
            Object old = object.getClass()
                    .getMethod("get" + setter.getName().substring(3))
                    .invoke(object);
            if (old == null) {
                continue;
            }
            String where = path + "/" + setter.getName().substring(3);
            for (Object bad : nulls(old)) {
                setter.invoke(object, bad);
                variants++;
                judge(pod, where);
            }
            setter.invoke(object, old);
            damageEach(old, pod, where);
        }
    }

    private static List<@Nullable Object> nulls(Object old) {
        if (old instanceof List<?> list) {
            List<@Nullable Object> more = new ArrayList<>(list);
            more.add(0, null);
            return Arrays.asList(null, Collections.singletonList(null), more);
        }
        if (old instanceof Map) {
            Map<@Nullable String, @Nullable Object> noKey = new HashMap<>();
            noKey.put(null, null);
            return Arrays.asList(null, Collections.singletonMap("a", null), noKey);
        }
        return Collections.singletonList(null);
    }

    private static @Nullable Object filled(Type type, int depth) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Object element = filled(arguments[arguments.length - 1], depth);
            if (element == null) {
                return null;
            }
            return arguments.length == 1 ? new ArrayList<>(List.of(element)) : new HashMap<>(Map.of("a", element));
        }
        Class<?> raw = (Class<?>) type;
        if (SCALARS.containsKey(raw)) {
            return SCALARS.get(raw);
        }
        if (!raw.getName().startsWith(MODELS) || raw.isInterface() || depth == 0) {
            return null;
        }
        Object object = raw.getDeclaredConstructor().newInstance();
        for (Method setter : setters(raw)) {
            Object value = filled(setter.getGenericParameterTypes()[0], depth - 1);
            if (value != null) {
                fill(object, setter, value);
            }
        }
        return object;
    }

    private static void fill(Object object, Method setter, Object value) throws IllegalAccessException {
        try {
            setter.invoke(object, value);
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).as("a value that the field does not take").isInstanceOf(RuntimeException.class);
        }
    }

    private static List<Method> setters(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .filter(method -> !method.getName().equals("setAdditionalProperties"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }
}
