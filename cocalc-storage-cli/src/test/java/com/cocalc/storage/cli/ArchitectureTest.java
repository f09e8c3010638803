package com.cocalc.storage.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.cocalc.storage.kubernetes.pod.Expansion;
import com.cocalc.storage.yaml.GoScalar;
import com.cocalc.storage.yaml.YamlText;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Which package of the program uses which other one. */
@AnalyzeClasses(
        packages = "com.cocalc.storage.cli",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.OfThisModule.class})
final class ArchitectureTest {

    private static final String COMMANDS = "com.cocalc.storage.cli";
    private static final String FILES = "com.cocalc.storage.cli.files";
    private static final String REPAIR = "com.cocalc.storage.cli.repair";
    private static final String INPUT = "com.cocalc.storage.cli.input";
    private static final String OUTPUT = "com.cocalc.storage.cli.output";

    @ArchTest
    static final ArchRule thereAreThePackagesOfThePlan =
            classes().should().resideInAnyPackage(COMMANDS, FILES, REPAIR, INPUT, OUTPUT);

    @ArchTest
    static final ArchRule commandsForFilesNeedInputAndOutput = only(FILES, INPUT, OUTPUT);

    @ArchTest
    static final ArchRule repairsNeedTheObjectsOfTheInput = only(REPAIR, INPUT);

    @ArchTest
    static final ArchRule theInputNeedsNothingButWhatTheOutputDoesToText = only(INPUT, OUTPUT);

    @ArchTest
    static final ArchRule theOutputNeedsNone = only(OUTPUT);

    @ArchTest
    static final ArchRule noPackagesNeedEachOther =
            slices().matching("com.cocalc.storage.(**)").should().beFreeOfCycles();

    /** Modules of the fake file system and of copying have packages that they do not export. */
    @ArchTest
    static final ArchRule whatModulesDoNotExportStaysInside = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.cocalc.storage.rwx.nio..",
                    "com.cocalc.storage.rwx.kernel..",
                    "com.cocalc.storage.rwx.disk..",
                    "com.cocalc.storage.files.copy..",
                    "com.cocalc.storage.files.exclude..",
                    "com.cocalc.storage.files.share..",
                    "com.cocalc.storage.files.tree..");

    /** What core and the api keep to themselves, but for three types that the program shares. */
    @ArchTest
    static final ArchRule nothingElseIsUsedOfWhatIsNotForUsers = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "com.cocalc.storage.kubernetes.pod..",
                            "com.cocalc.storage.yaml..",
                            "com.cocalc.storage.text..")
                    .and(not(belongToAnyOf(Expansion.class, GoScalar.class, YamlText.class))));

    /** Of the packages of the program. */
    private static ArchRule only(String user, String... others) {
        List<String> allowed = new ArrayList<>(List.of(user));
        allowed.addAll(List.of(others));
        String[] forbidden = List.of(COMMANDS, FILES, REPAIR, INPUT, OUTPUT).stream()
                .filter(room -> !allowed.contains(room))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden);
    }

    /** The other modules have packages of the same prefix. */
    static final class OfThisModule implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return location.contains("/cli/");
        }
    }
}
