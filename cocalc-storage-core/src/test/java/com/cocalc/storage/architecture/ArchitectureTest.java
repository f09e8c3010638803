package com.cocalc.storage.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which package uses what, and what none of them does. */
@AnalyzeClasses(
        packages = "com.cocalc.storage",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfThisModule.class})
final class ArchitectureTest {
    private static final String API = "com.cocalc.storage";
    private static final String JSON = "com.cocalc.storage.json";
    private static final String YAML = "com.cocalc.storage.yaml";
    private static final String HELM = "com.cocalc.storage.helm";
    private static final String KUBERNETES = "com.cocalc.storage.kubernetes";
    private static final String POD = "com.cocalc.storage.kubernetes.pod";
    private static final String API_SERVER = "com.cocalc.storage.kubernetes.apiserver";
    private static final String AUDIT = "com.cocalc.storage.kubernetes.audit";
    private static final String PREFLIGHT = "com.cocalc.storage.kubernetes.preflight";
    private static final String CHANGE = "com.cocalc.storage.kubernetes.change";

    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SNAKEYAML = "org.yaml.snakeyaml..";
    private static final String MODEL = "io.fabric8.kubernetes.api.model..";

    private static final Set<String> DIFFERS_FROM_RUN_TO_RUN = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.identityHashCode",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Locale.getDefault",
            "java.nio.charset.Charset.defaultCharset");

    private static final Set<String> OF_THE_OUTSIDE = Set.of(
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.util.Date",
            "java.lang.Thread",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.ProcessHandle");

    @ArchTest
    static final ArchRule thereAreThePackagesOfThePlan = classes()
            .should()
            .resideInAnyPackage(JSON, YAML, HELM, KUBERNETES, POD, API_SERVER, AUDIT, PREFLIGHT, CHANGE);

    @ArchTest
    static final ArchRule licencesInJsonNeedJackson = only(JSON, JACKSON);

    @ArchTest
    static final ArchRule valuesNeedSnakeyaml = only(HELM, YAML, SNAKEYAML);

    @ArchTest
    static final ArchRule textForTheScannerNeedsSnakeyaml = only(YAML, SNAKEYAML);

    @ArchTest
    static final ArchRule aPodIsReadFromTheModelAlone = only(POD, MODEL);

    @ArchTest
    static final ArchRule objectsNeedTheModelAndWhatWritesIt = only(KUBERNETES, POD, API_SERVER, MODEL, JACKSON);

    /** Jackson's YAML takes its limits in snakeyaml's options. */
    @ArchTest
    static final ArchRule theServersAnswerNeedsTheModelAlone =
            only(API_SERVER, POD, MODEL, JACKSON, "org.yaml.snakeyaml");

    @ArchTest
    static final ArchRule theAuditNeedsTheServersAnswer = only(AUDIT, POD, API_SERVER, KUBERNETES, MODEL, JACKSON);

    @ArchTest
    static final ArchRule thePreflightNeedsFindings =
            only(PREFLIGHT, AUDIT, POD, API_SERVER, KUBERNETES, YAML, MODEL, JACKSON, SNAKEYAML);

    @ArchTest
    static final ArchRule changesNeedTheAudit = only(CHANGE, AUDIT, POD, API_SERVER, KUBERNETES, MODEL, JACKSON);

    @ArchTest
    static final ArchRule noPackagesNeedEachOther =
            slices().matching("com.cocalc.storage.(**)").should().beFreeOfCycles();

    /** Users see neither of the two packages that the others share. */
    @ArchTest
    static final ArchRule noPublicMethodShowsASharedType = noCodeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(
                    describe("users see", type -> type.getModifiers().contains(JavaModifier.PUBLIC) && !isShared(type)))
            .should(ArchCondition.from(describe("show a shared type", ArchitectureTest::showsSharedType)));

    @ArchTest
    static final ArchRule theSameInputGivesTheSameOutputTomorrow = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "reads a clock, a source of randomness or the environment",
                    access -> DIFFERS_FROM_RUN_TO_RUN.contains(nameOf(access)) || isClock(access)))
            .orShould()
            .dependOnClassesThat(describe("are of the outside", type -> OF_THE_OUTSIDE.contains(type.getName())));

    @ArchTest
    static final ArchRule nothingIsLoggedOrPrinted = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..");

    @ArchTest
    static final ArchRule noPublicCodeTakesABoolean = noCodeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawParameterTypes(describe("hold a boolean", types -> holds(types, boolean.class, Boolean.class)));

    /** What the library for YAML calls has the names that it calls. */
    @ArchTest
    static final ArchRule noMethodIsAGetter = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areNotAssignableTo("org.yaml.snakeyaml.reader.StreamReader")
            .and()
            .areDeclaredInClassesThat()
            .areNotAssignableTo("org.yaml.snakeyaml.scanner.Scanner")
            .and()
            .areDeclaredInClassesThat()
            .areNotAssignableTo("org.yaml.snakeyaml.parser.Parser")
            .should()
            .haveNameMatching("get[A-Z].*")
            .orShould()
            .haveNameMatching("set[A-Z].*");

    @ArchTest
    static final ArchRule whatIsNamedLikeAPredicateIsOne =
            methods().that().haveNameMatching("(is|has)[A-Z].*").should().haveRawReturnType(boolean.class);

    @ArchTest
    static final ArchRule anOptionalIsNoField = fields().should().notHaveRawType(Optional.class);

    @ArchTest
    static final ArchRule anOptionalIsNoParameter = noCodeUnits()
            .should()
            .haveRawParameterTypes(describe("hold an Optional", types -> holds(types, Optional.class)));

    @ArchTest
    static final ArchRule aPublicClassIsClosed = classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static ArchRule only(String user, String... others) {
        List<String> allowed = new ArrayList<>(List.of(API, user, "java..", "org.jspecify.."));
        allowed.addAll(List.of(others));
        return classes()
                .that()
                .resideInAPackage(user)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new));
    }

    /** Looks into type arguments, bounds and arrays as well. */
    private static boolean showsSharedType(JavaCodeUnit code) {
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getTypeParameters().stream(),
                        code.getExceptionTypes().stream())
                .flatMap(types -> types)
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .anyMatch(ArchitectureTest::isShared);
    }

    private static boolean isShared(JavaClass type) {
        return type.getPackageName().equals(POD) || type.getPackageName().equals(YAML);
    }

    private static boolean holds(List<JavaClass> types, Class<?>... unwanted) {
        return types.stream().anyMatch(type -> Set.of(unwanted).stream().anyMatch(type::isEquivalentTo));
    }

    private static String nameOf(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static boolean isClock(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().equals("java.time")
                && access.getName().equals("now");
    }

    /** Leaves out the model, which has rules of its own. */
    static final class OfThisModule implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("cocalc-storage-api");
        }
    }
}
