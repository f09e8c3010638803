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
 * <p>At a parameter {@link RunningProject} it is for that project, at a test for all its projects, at a class for all
 * its tests, nested ones too. The nearest one counts alone.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Licensed {

    /**
     * Whether the licence grants writing to the software.
     *
     * @return {@code false} unless set: the licence has an empty quota
     */
    boolean extRw() default false;

    /**
     * The status of the licence; {@link LicenseStatus#EXPIRED}, {@link LicenseStatus#EXHAUSTED} and
     * {@link LicenseStatus#FUTURE} take its effect away.
     *
     * @return {@link LicenseStatus#ACTIVE} unless set
     */
    LicenseStatus status() default LicenseStatus.ACTIVE;
}
