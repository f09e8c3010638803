package com.cocalc.storage.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the project of a parameter: {@link RunningProject}, {@link com.cocalc.storage.ProjectId}, or
 * {@link java.nio.file.Path} for its home. Parameters without this annotation belong to project 1.
 *
 * <pre>{@code
 * @Test
 * void copiesToAnother(RunningProject source, @Project(2) RunningProject target) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Project {

    /**
     * Returns the number of the project. Equal numbers mean the same project in all methods of a test.
     *
     * @return 1 to 999
     */
    int value();
}
