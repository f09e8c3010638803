package com.cocalc.storage;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "com.cocalc.storage", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    /** Not exported: the grammars of text, which know nothing of the model. */
    private static final String TEXT = "com.cocalc.storage.text";

    private static final Set<String> DIFFERS_FROM_RUN_TO_RUN = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.identityHashCode",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Locale.getDefault");

    private static final Set<String> OF_THE_OUTSIDE = Set.of(
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.util.Date",
            "java.lang.Thread",
            "java.lang.ProcessHandle");

    /** Predicates that are a clause without "is" or "has". */
    private static final Set<String> CLAUSES =
            Set.of("equals", "contains", "meets", "counts", "overlap", "sharesOnDataClaim");

    @ArchTest
    static final ArchRule theModelIsFlatAndTextIsBelowIt = classes()
            .that()
            .resideOutsideOfPackage("com.cocalc.storage")
            .should()
            .resideInAPackage(TEXT)
            .andShould()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(TEXT, "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule nothingButTheJdkIsUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "com.cocalc.storage",
                    TEXT,
                    "java.lang..",
                    "java.util..",
                    "java.math",
                    "java.time",
                    "java.nio.charset",
                    "org.jspecify.annotations");

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
            .haveRawParameterTypes(describe(
                    "hold a boolean",
                    types -> types.stream()
                            .anyMatch(
                                    type -> type.isEquivalentTo(boolean.class) || type.isEquivalentTo(Boolean.class))));

    @ArchTest
    static final ArchRule noMethodIsAGetter =
            noMethods().should().haveNameMatching("get[A-Z].*").orShould().haveNameMatching("set[A-Z].*");

    @ArchTest
    static final ArchRule aPublicPredicateReadsAsAClause = methods()
            .that()
            .arePublic()
            .and()
            .haveRawReturnType(boolean.class)
            .should()
            .haveNameMatching("is[A-Z].*|has[A-Z].*|" + String.join("|", CLAUSES));

    @ArchTest
    static final ArchRule whatIsNamedLikeAPredicateIsOne =
            methods().that().haveNameMatching("(is|has)[A-Z].*").should().haveRawReturnType(boolean.class);

    @ArchTest
    static final ArchRule anOptionalIsNoField = fields().should().notHaveRawType(Optional.class);

    @ArchTest
    static final ArchRule anOptionalIsNoParameter = noCodeUnits()
            .should()
            .haveRawParameterTypes(describe(
                    "hold an Optional", types -> types.stream().anyMatch(type -> type.isEquivalentTo(Optional.class))));

    /** The exception is extended by every module that refuses input, as its Javadoc says. */
    @ArchTest
    static final ArchRule aPublicClassIsClosed = classes()
            .that()
            .arePublic()
            .and()
            .doNotBelongToAnyOf(StorageException.class)
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static String nameOf(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static boolean isClock(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().equals("java.time")
                && access.getName().equals("now");
    }

    @Test
    void nothingIsNullUnlessItSaysSo() {
        assertThat(ProjectId.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }
}
