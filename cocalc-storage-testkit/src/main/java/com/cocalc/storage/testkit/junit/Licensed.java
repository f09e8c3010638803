package com.cocalc.storage.testkit.junit;

import com.cocalc.storage.LicenseStatus;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the projects of a test a licence, in place of those of {@link CocalcStorage.Builder#licenses}.
 *
 * <p>The annotation applies to a project at a parameter {@link RunningProject}, to all projects of a test, or to all
 * tests of a class, including nested ones. Only the nearest one counts.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Licensed {

    /**
     * {@return whether the licence grants write access to the software; by default it has an empty quota and does not}
     */
    boolean extRw() default false;

    /**
     * Returns the status of the licence. With {@link LicenseStatus#EXPIRED}, {@link LicenseStatus#EXHAUSTED} and
     * {@link LicenseStatus#FUTURE} it has no effect.
     *
     * @return the status, by default {@link LicenseStatus#ACTIVE}
     */
    LicenseStatus status() default LicenseStatus.ACTIVE;
}
