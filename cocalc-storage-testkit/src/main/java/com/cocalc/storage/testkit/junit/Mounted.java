package com.cocalc.storage.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets how the home of a parameter {@link java.nio.file.Path} is mounted.
 *
 * <p>Each such parameter is a separate client: two of them with different users are two programs on the same files. The
 * annotation applies to a parameter, to all paths of a test, or to all tests of a class, including nested ones. Only
 * the nearest one counts.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Mounted {

    /**
     * Returns the user of the mount.
     *
     * @return user and group as two numbers, for example {@code "2002:2002"}; by default the project's user, 2001:2001
     */
    String as() default "";

    /** {@return whether the mount is read-only, so that every change fails with {@code EROFS}; by default it is not} */
    boolean readOnly() default false;
}
