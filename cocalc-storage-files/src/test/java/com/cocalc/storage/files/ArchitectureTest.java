package com.cocalc.storage.files;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.cocalc.storage.files.tree.Stopwatch;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "com.cocalc.storage.files", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final Set<String> OF_THE_OUTSIDE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.lang.Thread.sleep",
            "java.nio.charset.Charset.defaultCharset",
            "java.util.UUID.randomUUID");

    private static final String FACE = "com.cocalc.storage.files";

    @ArchTest
    static final ArchRule nothingButTheJdkAndTheApiIsUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("com.cocalc.storage", FACE + "..", "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule aLowerPackageNamesNoHigherOne = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("face")
            .definedBy(FACE)
            .layer("share")
            .definedBy(FACE + ".share")
            .layer("copy")
            .definedBy(FACE + ".copy")
            .layer("exclude")
            .definedBy(FACE + ".exclude")
            .layer("tree")
            .definedBy(FACE + ".tree")
            .layer("outcome")
            .definedBy(FACE + ".outcome")
            .whereLayer("face")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("share")
            .mayOnlyBeAccessedByLayers("face")
            .whereLayer("copy")
            .mayOnlyBeAccessedByLayers("face", "share")
            .whereLayer("exclude")
            .mayOnlyBeAccessedByLayers("face", "copy")
            .whereLayer("tree")
            .mayOnlyBeAccessedByLayers("face", "share", "copy");

    @ArchTest
    static final ArchRule thereAreThePackagesOfThePlan = classes()
            .should()
            .resideInAnyPackage(
                    FACE, FACE + ".share", FACE + ".copy", FACE + ".exclude", FACE + ".tree", FACE + ".outcome");

    @ArchTest
    static final ArchRule onlyTheStopwatchReadsAClock = noClasses()
            .that()
            .doNotBelongToAnyOf(Stopwatch.class)
            .should()
            .accessTargetWhere(describe(
                    "reads a clock, randomness or the environment", access -> OF_THE_OUTSIDE.contains(nameOf(access))));

    @ArchTest
    static final ArchRule nothingIsLoggedOrPrinted = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule noPublicCodeTakesABoolean = noCodeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(FACE, FACE + ".outcome")
            .should()
            .haveRawParameterTypes(describe(
                    "hold a boolean", types -> types.stream().anyMatch(type -> type.isEquivalentTo(boolean.class))));

    @ArchTest
    static final ArchRule noMethodIsAGetter = noMethods().should().haveNameMatching("get[A-Z].*");

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

    private static String nameOf(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }
}
