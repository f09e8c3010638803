package com.cocalc.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the name of a class says about it. */
@AnalyzeClasses(packages = "com.cocalc.storage", importOptions = ImportOption.DoNotIncludeTests.class)
final class ClassNamesTest {

    @ArchTest
    static final ArchRule noNameIsHomeless =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Impl|Manager|Misc|Common)");

    @ArchTest
    static final ArchRule everyFieldIsFinalExceptABuilders = fields().that()
            .areDeclaredInClassesThat()
            .doNotHaveSimpleName("Builder")
            .should()
            .beFinal();
}
