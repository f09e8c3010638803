package com.cocalc.storage.testkit.junit;

import java.lang.reflect.Parameter;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterInfo;

/** The arguments of parameterized tests and classes, which may have types of this extension. */
final class Arguments {

    private static final boolean ARE_THERE = areThere();

    private Arguments() {}

    /** Returns whether {@code @ParameterizedTest} or {@code @ParameterizedClass} fills the parameter. */
    static boolean include(ParameterContext parameter, ExtensionContext context) {
        return ARE_THERE && Declared.include(parameter.getParameter(), context);
    }

    /** Returns whether the module of parameterized tests exists, which is optional. */
    private static boolean areThere() {
        try {
            Class.forName("org.junit.jupiter.params.ParameterInfo", false, Arguments.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The part that is loaded only if the module exists. */
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

        /**
         * Returns whether a parameter is an argument. JUnit declares every parameter that could be one; their number is
         * known from the arguments.
         */
        private static boolean isArgument(Parameter parameter, ParameterInfo info) {
            return info.getDeclarations().getAll().stream()
                    .limit(info.getArguments().size())
                    .anyMatch(declared -> declared.getAnnotatedElement().equals(parameter));
        }
    }
}
