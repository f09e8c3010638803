package com.cocalc.storage.testkit.junit;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.FakeClusterBuilder;
import com.cocalc.storage.testkit.cluster.Provisioner;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * CoCalc's storage for tests, with settings: {@code @RegisterExtension static final CocalcStorage storage =
 * CocalcStorage.builder().…build()}.
 *
 * <p>A test, its {@code @BeforeEach} and {@code @AfterEach} methods and its constructor may have these parameters,
 * which all belong to one cluster that is created for this test:
 *
 * <ul>
 *   <li>{@link com.cocalc.storage.testkit.cluster.FakeCluster}: the cluster, with the claims of the configuration on a
 *       storage class {@code nfs}; the root of the software claim belongs to the project's user, as operators prepare
 *       it;
 *   <li>{@link com.cocalc.storage.rwx.RwxVolume}: the files of the data claim;
 *   <li>{@link RunningProject}: a project whose pod runs;
 *   <li>{@link com.cocalc.storage.ProjectId}: the id of a project, the same in each run;
 *   <li>{@link java.nio.file.Path}: the home of a project, mounted separately for the project's user; only without
 *       another extension's annotation, for example {@code @TempDir}.
 * </ul>
 *
 * <p>A project's home exists before its pod starts, owned by the project's user with mode 0755. {@link Project} selects
 * another project than the first; {@link Licensed}, {@link RootSquash} and {@link Mounted} change the default settings.
 * Arguments of a parameterized test or class are not replaced.
 *
 * <p>If a test fails, its failure has a suppressed exception with the trees of all claims and the last 200 operations
 * on each. The same text goes to the standard error stream, as some builds shorten failures. A file or directory that
 * is open at the end of a test, on any volume of the cluster, makes the test fail and is reported with the place where
 * it was opened. Nothing is kept between tests, and tests may run in parallel. This extension requires JUnit 5.12 or
 * newer.
 */
public final class CocalcStorage
        implements ParameterResolver,
                BeforeEachCallback,
                AfterEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(CocalcStorage.class);

    private final StorageConfig config;
    private final BackEnd backEnd;
    private final UnaryOperator<Provisioner> volumes;
    private final ProjectLicenses licenses;
    private final Consumer<FakeClusterBuilder> more;

    private CocalcStorage(Builder builder) {
        config = builder.config;
        backEnd = builder.backEnd;
        volumes = builder.volumes;
        licenses = builder.licenses;
        more = builder.more;
    }

    /**
     * Creates a builder with the default settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the scope in which constructors get the same cluster as their test. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return !Arguments.include(parameter, context) && Injection.wants(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return new Injection(parameter).value(storageOf(parameter, context));
        } catch (ExtensionConfigurationException e) {
            // JUnit wraps all but its own exception into a sentence that begins with the whole signature.
            throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
        }
    }

    private StorageOfTest storageOf(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ExtensionConfigurationException(Injection.place(parameter)
                    + " must belong to one test, but is shared by all tests of a class, and the storage is fresh for each"
                    + " of them; move it to the test or to @BeforeEach");
        }
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(StorageOfTest.class, key -> create(context), StorageOfTest.class);
    }

    private StorageOfTest create(ExtensionContext context) {
        Settings settings = Settings.of(context);
        BackEnd server = settings.backEnd(backEnd);
        FakeClusterBuilder cluster = FakeCluster.builder()
                .traceHandles()
                .storageClass(StorageOfTest.STORAGE_CLASS, volumes.apply(Provisioner.of(server)))
                .claimsOf(config, StorageOfTest.STORAGE_CLASS);
        more.accept(cluster);
        return new StorageOfTest(cluster.build(), config, licenses, settings);
    }

    /** Reads the annotations, so that a mistake in one is reported at once. */
    @Override
    public void beforeEach(ExtensionContext context) {
        Object owner = context.getStore(NAMESPACE).getOrComputeIfAbsent(CocalcStorage.class, key -> this);
        if (owner != this) {
            throw new ExtensionConfigurationException("CocalcStorage must be registered once for a test, but is there"
                    + " twice; keep either @ExtendWith(CocalcStorageExtension.class) or one @RegisterExtension field");
        }
        Settings.of(context).backEnd(backEnd);
    }

    /** Fails the test if it left a file or directory open. */
    @Override
    public void afterEach(ExtensionContext context) {
        StorageOfTest storage = context.getStore(NAMESPACE).get(StorageOfTest.class, StorageOfTest.class);
        if (storage != null) {
            try {
                OpenAtTheEnd.check(storage.cluster());
            } finally {
                storage.close();
            }
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    private static Throwable reported(ExtensionContext context, Throwable failure) {
        StorageOfTest storage = context.getStore(NAMESPACE).get(StorageOfTest.class, StorageOfTest.class);
        if (storage != null && !(failure instanceof TestAbortedException)) {
            StorageAtFailure report = new StorageAtFailure(storage.journal());
            failure.addSuppressed(report);
            // Surefire leaves out suppressed exceptions where it trims stack traces.
            System.err.println(context.getDisplayName() + " has failed; " + report.getMessage());
        }
        return failure;
    }

    /** The settings of all tests that share the extension. */
    public static final class Builder {

        private StorageConfig config = StorageConfig.defaults();
        private BackEnd backEnd = BackEnd.GANESHA;
        private UnaryOperator<Provisioner> volumes = UnaryOperator.identity();
        private ProjectLicenses licenses = ProjectLicenses.none();
        private Consumer<FakeClusterBuilder> more = cluster -> {};

        private Builder() {}

        /**
         * Sets the installation.
         *
         * @param installation the configuration, by default {@link StorageConfig#defaults()}
         * @return this builder
         */
        public Builder config(StorageConfig installation) {
            config = requireNonNull(installation, "installation");
            return this;
        }

        /**
         * Sets the storage under the claims.
         *
         * @param storage the back end, by default {@link BackEnd#GANESHA}
         * @return this builder
         */
        public Builder backEnd(BackEnd storage) {
            backEnd = requireNonNull(storage, "storage");
            return this;
        }

        /**
         * Changes the provisioner of the claims' volumes, for example with {@code Provisioner::withCrashes}.
         *
         * @param settings the change of the provisioner of the class {@code nfs}
         * @return this builder
         */
        public Builder volumes(UnaryOperator<Provisioner> settings) {
            volumes = requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Sets the licences of projects without {@link Licensed}.
         *
         * @param usual the licences, by default none
         * @return this builder
         */
        public Builder licenses(ProjectLicenses usual) {
            licenses = requireNonNull(usual, "usual");
            return this;
        }

        /**
         * Adds nodes, namespaces, images or programs to each cluster. The function is called once for each test, by
         * several threads if tests run in parallel.
         *
         * @param settings the function that changes the cluster's builder
         * @return this builder
         */
        public Builder cluster(Consumer<FakeClusterBuilder> settings) {
            more = requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Creates the extension.
         *
         * @return the extension
         */
        public CocalcStorage build() {
            return new CocalcStorage(this);
        }
    }
}
