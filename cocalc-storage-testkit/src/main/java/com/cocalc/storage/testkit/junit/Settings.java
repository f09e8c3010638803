package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.kubernetes.BackEnd;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The settings from the annotations of a test and of the classes around it. */
final class Settings {

    private final Optional<Licensed> licensed;
    private final Optional<Mounted> mounted;
    private final Optional<RootSquash> rootSquash;

    private Settings(ExtensionContext context) {
        licensed = nearest(context, Licensed.class);
        mounted = nearest(context, Mounted.class);
        rootSquash = nearest(context, RootSquash.class);
        mounted.ifPresent(found -> MountedAs.check(found, context.getDisplayName()));
    }

    static Settings of(ExtensionContext context) {
        return new Settings(context);
    }

    /** Returns the licence of all projects of the test. */
    Optional<Licensed> licensed() {
        return licensed;
    }

    /** Returns how the homes of the test are mounted. */
    Optional<Mounted> mounted() {
        return mounted;
    }

    /** Returns the back end of the test for that of the extension. */
    BackEnd backEnd(BackEnd usual) {
        if (rootSquash.isEmpty() || !usual.rootMayChown()) {
            return usual;
        }
        if (usual != BackEnd.GANESHA) {
            throw new ExtensionConfigurationException("@RootSquash must be used with the back end " + BackEnd.GANESHA
                    + " or one that squashes root by itself, but CocalcStorage has " + usual
                    + ", which has no such setting; remove one of the two");
        }
        return BackEnd.GANESHA_ROOT_SQUASH;
    }

    private static <A extends Annotation> Optional<A> nearest(ExtensionContext context, Class<A> type) {
        List<AnnotatedElement> places = new ArrayList<>();
        context.getTestMethod().ifPresent(places::add);
        places.add(context.getRequiredTestClass());
        List<Class<?>> around = new ArrayList<>(context.getEnclosingTestClasses());
        Collections.reverse(around);
        places.addAll(around);
        for (AnnotatedElement place : places) {
            Optional<A> found = AnnotationSupport.findAnnotation(place, type);
            if (found.isPresent()) {
                requireOne(place, type, place.toString());
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns the annotation at a parameter itself. */
    static <A extends Annotation> Optional<A> at(ParameterContext parameter, Class<A> type) {
        requireOne(parameter.getParameter(), type, Injection.place(parameter));
        return parameter.findAnnotation(type);
    }

    /**
     * Refuses two annotations of one kind at a place, which can come from another annotation and are never intended.
     */
    private static <A extends Annotation> void requireOne(AnnotatedElement place, Class<A> type, String name) {
        Set<A> found = new LinkedHashSet<>();
        collect(place, type, found, new LinkedHashSet<>());
        if (found.size() > 1) {
            throw new ExtensionConfigurationException(name + " must have one @" + type.getSimpleName() + ", but has "
                    + found.stream().map(AnnotationText::of).collect(Collectors.joining(" and "))
                    + "; remove one, also from annotations that carry it");
        }
    }

    private static <A extends Annotation> void collect(
            AnnotatedElement place, Class<A> type, Set<A> found, Set<Class<?>> seen) {
        for (Annotation annotation : place.getAnnotations()) {
            if (type.isInstance(annotation)) {
                found.add(type.cast(annotation));
            } else if (seen.add(annotation.annotationType())) {
                collect(annotation.annotationType(), type, found, seen);
            }
        }
    }
}
