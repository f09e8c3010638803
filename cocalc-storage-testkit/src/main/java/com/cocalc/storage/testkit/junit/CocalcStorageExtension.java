package com.cocalc.storage.testkit.junit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * CoCalc's storage for tests, with the default settings: {@code @ExtendWith(CocalcStorageExtension.class)}.
 *
 * <p>This is {@link CocalcStorage} with the settings of {@code CocalcStorage.builder().build()}.
 */
public final class CocalcStorageExtension
        implements ParameterResolver,
                BeforeEachCallback,
                AfterEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private final CocalcStorage storage = CocalcStorage.builder().build();

    /** Creates the extension; called by JUnit for each class that names it. */
    public CocalcStorageExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return storage.getTestInstantiationExtensionContextScope(rootContext);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return storage.supportsParameter(parameter, context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return storage.resolveParameter(parameter, context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        storage.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        storage.afterEach(context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        storage.handleTestExecutionException(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        storage.handleBeforeEachMethodExecutionException(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        storage.handleAfterEachMethodExecutionException(context, failure);
    }
}
