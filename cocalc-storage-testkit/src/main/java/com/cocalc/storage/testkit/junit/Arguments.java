package com.cocalc.storage.testkit.junit;

import java.lang.reflect.Parameter;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterInfo;

/** The arguments of parameterized tests and classes, whose types may be ours as well. */
final class Arguments {

    private static final boolean ARE_THERE = areThere();

    private Arguments() {}

    /** Whether the parameter is one that {@code @ParameterizedTest} or {@code @ParameterizedClass} fills. */
    static boolean include(ParameterContext parameter, ExtensionContext context) {
        return ARE_THERE && Declared.include(parameter.getParameter(), context);
    }

    /** The module is optional: a build without parameterized tests need not have it. */
    private static boolean areThere() {
        try {
            Class.forName("org.junit.jupiter.params.ParameterInfo", false, Arguments.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Loaded only where the module is there. */
    private static final class Declared {
        static boolean include(Parameter parameter, ExtensionContext context) {
            for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
                ParameterInfo info = ParameterInfo.get(at);
                if (info != null && isArgument(parameter, info)) {
                    return true;
                }
            }
            return false;
        }

        /** Declared is every parameter that could be one; how many there are is known from the arguments. */
        private static boolean isArgument(Parameter parameter, ParameterInfo info) {
            return info.getDeclarations().getAll().stream()
                    .limit(info.getArguments().size())
                    .anyMatch(declared -> declared.getAnnotatedElement().equals(parameter));
        }
    }
}
