package com.cocalc.storage.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.cocalc.storage.kubernetes.pod.Absent;
import com.cocalc.storage.kubernetes.pod.Expansion;
import com.cocalc.storage.kubernetes.pod.RuntimePaths;
import com.cocalc.storage.testkit.junit.CocalcStorage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Which package of the test kit uses what. */
@AnalyzeClasses(
        packages = "com.cocalc.storage.testkit",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfThisModule.class})
final class ArchitectureTest {

    private static final String RWX = "com.cocalc.storage.rwx";
    /** Beside the root the one package of the fake that is meant for others. */
    private static final String CALL = "com.cocalc.storage.rwx.call";

    private static final String CLUSTER = "com.cocalc.storage.testkit.cluster";
    private static final String PROGRAM = "com.cocalc.storage.testkit.cluster.program";
    private static final String LAW = "com.cocalc.storage.testkit.law";
    private static final String CONTRACT = "com.cocalc.storage.testkit.law.contract";
    private static final String JUNIT = "com.cocalc.storage.testkit.junit";
    private static final String JQWIK = "com.cocalc.storage.testkit.jqwik";
    private static final String ASSERTJ = "com.cocalc.storage.testkit.assertj";

    private static final String API = "com.cocalc.storage";
    private static final String KUBERNETES = "com.cocalc.storage.kubernetes..";
    private static final String JSON = "com.cocalc.storage.json";
    private static final String MODEL = "io.fabric8.kubernetes.api.model..";
    private static final String JACKSON = "com.fasterxml.jackson..";

    @ArchTest
    static final ArchRule thereAreThePackagesOfThePlan =
            classes().should().resideInAnyPackage(PROGRAM, CLUSTER, LAW, CONTRACT, JUNIT, JQWIK, ASSERTJ);

    @ArchTest
    static final ArchRule programsNeedAFileSystemAlone = only(PROGRAM, RWX, CALL);

    @ArchTest
    static final ArchRule theClusterNeedsTheFileSystemAndTheKubernetesPackages =
            only(CLUSTER, PROGRAM, RWX, CALL, KUBERNETES, MODEL, JACKSON);

    @ArchTest
    static final ArchRule lawsNeedNoEngineAndNoFake = only(LAW, KUBERNETES, MODEL);

    @ArchTest
    static final ArchRule theContractNeedsTheLawsAlone = only(CONTRACT, LAW);

    @ArchTest
    static final ArchRule theExtensionIsASkinOfJunit = only(
            JUNIT,
            RWX,
            CALL,
            CLUSTER,
            LAW,
            CONTRACT,
            KUBERNETES,
            MODEL,
            "org.junit.jupiter..",
            "org.junit.platform..",
            "org.opentest4j..");

    @ArchTest
    static final ArchRule theGeneratorsAreASkinOfJqwik = only(
                    JQWIK,
                    RWX,
                    CALL,
                    CLUSTER,
                    LAW,
                    CONTRACT,
                    KUBERNETES,
                    JSON,
                    MODEL,
                    "net.jqwik..",
                    "org.apiguardian..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theAssertionsAreASkinOfAssertj =
            only(ASSERTJ, RWX, CALL, CLUSTER, LAW, KUBERNETES, MODEL, "org.assertj..");

    @ArchTest
    static final ArchRule noPackagesNeedEachOther =
            slices().matching("com.cocalc.storage.testkit.(**)").should().beFreeOfCycles();

    /** What core and the api keep to themselves, but for two types that the test kit shares. */
    @ArchTest
    static final ArchRule nothingElseIsUsedOfWhatIsNotForUsers = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "com.cocalc.storage.kubernetes.pod..",
                            "com.cocalc.storage.yaml..",
                            "com.cocalc.storage.text..")
                    .and(not(belongToAnyOf(Absent.class, Expansion.class, RuntimePaths.class))));

    @ArchTest
    static final ArchRule nothingIsPrintedButTheReportOfAFailure = noClasses()
            .that()
            .doNotBelongToAnyOf(CocalcStorage.class)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    /** Beside the JDK, the api and the package itself. */
    private static ArchRule only(String own, String... others) {
        List<String> allowed =
                new ArrayList<>(List.of(own, API, "java..", "javax.annotation.processing", "org.jspecify.annotations"));
        allowed.addAll(List.of(others));
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    /** Core and the api have packages of the same prefix. */
    static final class OfThisModule implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return location.contains("testkit");
        }
    }
}
