package com.cocalc.storage.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the name of a class says about it. */
@AnalyzeClasses(
        packages = "com.cocalc.storage",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfThisModule.class})
final class ClassNamesTest {

    @ArchTest
    static final ArchRule noNameIsHomeless =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Impl|Manager|Misc|Common)");
}
