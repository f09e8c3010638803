package com.cocalc.storage.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the server map root to the user nobody (65534:65534), for a test or all tests of a class, nested ones too.
 *
 * <p>Then root in a pod cannot give files away, and the kubelet cannot make a home that is missing where the root of
 * the claim is not writable for everybody. The homes of the test's own projects are there already.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RootSquash {}
