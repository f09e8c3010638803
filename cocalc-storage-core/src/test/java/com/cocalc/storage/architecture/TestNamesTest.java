package com.cocalc.storage.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A class of another name would compile and never run. */
@AnalyzeClasses(packages = "com.cocalc.storage", importOptions = ImportOption.OnlyIncludeTests.class)
final class TestNamesTest {

    @ArchTest
    static final ArchRule everyTestIsInAClassThatRuns = methods()
            .that()
            .areAnnotatedWith(Test.class)
            .or()
            .areAnnotatedWith(ParameterizedTest.class)
            .or()
            .areAnnotatedWith(Property.class)
            .should()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Test");
}
