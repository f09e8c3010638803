package com.cocalc.storage.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how the home behind a parameter {@link java.nio.file.Path} is mounted.
 *
 * <p>Each such parameter is a client of its own: two of them, mounted as different users, are two programs on the same
 * files. At a test it is for all its paths, at a class for those of all its tests, nested ones too. The nearest one
 * counts alone.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Mounted {

    /**
     * Returns the user of the files.
     *
     * @return user and group as two numbers, for example {@code "2002:2002"}; the project's user, 2001:2001, unless set
     */
    String as() default "";

    /**
     * Whether nothing can be changed through this mount: every attempt is {@code EROFS}.
     *
     * @return {@code false} unless set
     */
    boolean readOnly() default false;
}
