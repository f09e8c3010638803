package com.cocalc.storage.rwx;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Which package may name which other one: a lower one never names a higher one. */
@AnalyzeClasses(packages = "com.cocalc.storage.rwx", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "com.cocalc.storage.rwx";

    @ArchTest
    static final ArchRule LOWER_PACKAGES_DO_NOT_NAME_HIGHER_ONES = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("face")
            .definedBy(ROOT)
            .layer("nio")
            .definedBy(ROOT + ".nio")
            .layer("path")
            .definedBy(ROOT + ".nio.path")
            .layer("kernel")
            .definedBy(ROOT + ".kernel")
            .layer("disk")
            .definedBy(ROOT + ".disk")
            .layer("call")
            .definedBy(ROOT + ".call")
            .whereLayer("face")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("nio")
            .mayOnlyBeAccessedByLayers("face")
            .whereLayer("path")
            .mayOnlyBeAccessedByLayers("face", "nio")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("face", "nio")
            .whereLayer("disk")
            .mayOnlyBeAccessedByLayers("face", "nio", "path", "kernel");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("com.cocalc.storage.rwx.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_ELSE_IS_NEEDED_THAN_THE_JDK_AND_THE_API = ArchRuleDefinition.classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.cocalc.storage", ROOT + "..", "org.jspecify.annotations");
}
