package com.cocalc.storage.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the server map root to the user nobody (65534:65534), for a test or for all tests of a class, including nested
 * ones.
 *
 * <p>Then root in a pod cannot change owners, and the kubelet cannot create a missing home unless the root of the claim
 * is writable for all. The homes of the test's own projects exist already.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RootSquash {}
