package com.cocalc.storage.kubernetes;

import com.cocalc.storage.InvalidValueException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of one Kubernetes object that shares all parts with the original.
 *
 * <p>The models' builders copy everything below, and a list of setters would silently lose the fields of a newer model,
 * so this class copies all fields that an object has.
 */
final class ShallowCopy {

    private static final ClassValue<Copier> COPIERS = new ClassValue<>() {
        @Override
        protected Copier computeValue(Class<?> type) {
            return Copier.of(type);
        }
    };

    private ShallowCopy() {}

    static <T> T of(T original) {
        @SuppressWarnings("unchecked") // the copier of a class makes instances of that class
        T copy = (T) COPIERS.get(original.getClass()).copy(original);
        return copy;
    }

    private record Copier(Constructor<?> constructor, List<Field> fields) {

        static Copier of(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
                for (Field field : c.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            try {
                return new Copier(type.getConstructor(), List.copyOf(fields));
            } catch (NoSuchMethodException e) {
                throw InvalidValueException.of(
                        "object",
                        "be of a class with a public constructor without arguments, as the Kubernetes models are",
                        type.getName(),
                        "use the models of kubernetes-model",
                        e);
            }
        }

        Object copy(Object original) {
            try {
                Object copy = constructor.newInstance();
                for (Field field : fields) {
                    field.set(copy, field.get(original));
                }
                return copy;
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("the fields and constructors of a model are accessible", e);
            }
        }
    }
}
