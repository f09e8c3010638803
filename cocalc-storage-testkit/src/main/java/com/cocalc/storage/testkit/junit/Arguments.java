package com.cocalc.storage.testkit.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.params.ParameterInfo;

/** The arguments of parameterized tests, whose types may be ours as well. */
final class Arguments {

    private static final boolean ARE_THERE = areThere();

    private Arguments() {}

    /** Whether the parameter is one that {@code @ParameterizedTest} fills. */
    static boolean include(ParameterContext parameter, ExtensionContext context) {
        return ARE_THERE
                && context.getTestMethod()
                        .filter(parameter.getDeclaringExecutable()::equals)
                        .isPresent()
                && Declared.include(parameter.getIndex(), context);
    }

    /** The module is optional: who writes no parameterized tests need not have it. */
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
        static boolean include(int index, ExtensionContext context) {
            ParameterInfo info = ParameterInfo.get(context);
            // Declared is every parameter that could be one; how many there are is known from the arguments.
            return info != null
                    && index < info.getArguments().size()
                    && info.getDeclarations().get(index).isPresent();
        }
    }
}
