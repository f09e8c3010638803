package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Which test holds which rule of posix-semantics.md. Sections 1 to 4 are tables whose rows carry the names of the
 * rules: {@code Section1} to {@code Section4} and their {@code Test}s; only what such a row cannot show is listed here.
 */
class PosixSemanticsMatrixTest {
    private static final String MATRIX = """
            1.2 capabilities of root                     | KernelRulesTest.eachCapabilityAllowsItsOwnPart, aRootWithoutCapabilitiesIsAnOrdinaryUserWhoOwnsWhatUid0Owns
            1.4 a handle needs no more permission        | KernelRulesTest.aHandleOutlivesNamePermissionAndRename; LinearizabilityTest.aHandleThatWasOpenBeforeKeepsWhatItWroteWhateverOthersDoToItsName
            1.5 a sub-path starts at its own root        | MountTableTest.noPathOfAMountLeavesItsSubPath, aDirectoryThatIsMovedOutOfItsMountHasNoWayUp
            3 rename 2: different mounts                 | MountTableTest.renameAndLinkAcrossMountsAreExdevEvenOnOneVolume
            3 rename 3: mount points                     | MountTableTest.aMountPointIsBusyInItsContainerAndNowhereElse
            3 set-id bits without FSETID                 | KernelRulesTest.withoutFsetidEvenRootClearsSetIdBitsByWriting
            3 times, with ctime                          | KernelRulesTest.eachOperationChangesTheTimesOfTheTable
            3 holes cost nothing                         | KernelRulesTest.aSparseFileCostsItsDataOnly, truncatingAndGrowingAgainShowsZeros
            4 each mount by itself                       | MountTableTest.eachMountIsReadOnlyOrNotByItself
            1 to 4 in random scripts                     | KernelComparisonTest.theFakeAnswersEveryScriptAsTheKernelDoes
            1 to 4 on the kernel                         | RulesOnTheKernelTest.theKernelAnswersEveryRuleAsItIsWrittenDown

            5 EACCES                                     | NioFailuresTest.missingPermissionIsAccessDeniedWithoutAReason
            5 ENOENT                                     | NioFailuresTest.missingNameIsNoSuchFileWithoutAReason
            5 EEXIST                                     | NioFailuresTest.takenNameIsFileAlreadyExistsWithoutAReason
            5 ELOOP                                      | NioFailuresTest.loopOfLinksIsAFileSystemExceptionWithTheLongText
            5 EPERM                                      | NioFailuresTest.changingAForeignFileIsNotAccessDenied; Section5JavaTest.foreignPermissionsAreOperationNotPermitted
            5 ENOTDIR                                    | NioFailuresTest.aFileInTheWayIsNotADirectoryException; Section5JavaTest.aFileOrALinkToOneIsNotADirectoryToList
            5 ENOTEMPTY                                  | NioFailuresTest.fullDirectoryIsDirectoryNotEmptyUnlessMovedAtomically
            5 EXDEV                                      | NioFailuresTest.anotherMountIsAtomicMoveNotSupportedAndNoPlaceForALink
            5 EROFS                                      | NioFailuresTest.readOnlyMountIsAPlainFileSystemException
            5 EISDIR, EINVAL, EBUSY, ENAMETOOLONG        | NioFailuresTest.directoryOpenedForWritingIsAFileSystemException, moveIntoItselfIsAnInvalidArgumentOfBoth, specialLastElementsAnswerAsTheSystemCallDoes, longNamesAreRefusedByTheirBytes
            5 ENOSPC, EDQUOT, ESTALE, EIO, EMLINK        | Section5JavaTest.otherErrorsAreFileSystemExceptionsWithTheTextOfTheErrno; NioFailuresTest.everyErrnoNamesTheFileAndItsText
            5 errors on an open channel                  | Section5JavaTest.errorsOnAnOpenChannelArePlainAndHaveTheTextAlone; NioFailuresTest.writingIntoAFullVolumeIsAPlainIOExceptionAndKeepsWhatFitted
            5 a full volume in Files.copy                | NioFailuresTest.copyingIntoAFullVolumeNamesBothAndRemovesThePartialTarget
            5 file: as the caller gave it                | NioFailuresTest.exceptionsNameThePathAsTheCallerGaveIt
            5 other: move, createLink, AtomicMove        | Section5JavaTest.createLinkNamesTheLinkAndThenTheExistingFile; NioMoveAndCopyTest.missingParentOfTheTargetNamesBoth
            5 copy names the side that failed            | Section5JavaTest.aCopyThatFailsNamesTheSideThatFailed, aCopyWhoseTimesCannotBeSetFailsAtTheTargetAndIsRemoved
            5 dots and slash as last element             | NioFailuresTest.specialLastElementsAnswerAsTheSystemCallDoes
            5 NUL                                        | NioFailuresTest.nulIsNoPath; PathComparisonTest.everyComputationGivesWhatItGivesOnTheRealDisk

            5 queries never throw                        | NioQueriesTest.whatCannotBeLookedAtNeitherExistsNorNotExists
            5 dangling link                              | NioQueriesTest.danglingLinkNotExists
            5 isWritable and checkAccess, read-only      | NioQueriesTest.nothingIsWritableOnAReadOnlyMount
            5 isSameFile                                 | NioQueriesTest.equalPathsAreTheSameFileEvenWhenMissing, hardLinksAndOtherMountsAreTheSameFile
            5 toRealPath                                 | NioQueriesTest.realPathWithoutFollowingIsThatOfTheLink, realPathOfLinksGoesThroughThem
            5 nine bits, twelve in unix:mode             | NioQueriesTest.specialBitsShowInUnixModeAlone
            5 unknown uids                               | NioQueriesTest.usersWithoutANameAreNumbers
            5 FileStore.isReadOnly                       | NioQueriesTest.storesSayNothingAboutBeingReadOnly

            5 creating: 0777 and 0666 minus umask        | NioCreatingTest.newObjectsLoseTheUmask
            5 creating: temporary files                  | NioCreatingTest.temporaryFilesAreOfTheirOwnerAlone
            5 creating: other initial attributes         | NioCreatingTest.otherInitialAttributesAreRefusedBeforeAnyAccess
            5 createDirectories on what is there         | NioCreatingTest.createDirectoriesGivesBackWhatIsThere
            5 createDirectories on anything else         | NioCreatingTest.createDirectoriesOnAnythingElseIsFileAlreadyExists
            5 createDirectories names the absolute       | NioCreatingTest.createDirectoriesNamesTheAbsoluteElementThatFailed

            5 channel: no WRITE, so only reading         | NioChannelTest.withoutWritingTheOptionsOfWritingAreIgnored
            5 channel: options that contradict           | NioChannelTest.optionsThatContradictAreRefused, unknownOptionsAreRefused; Section5JavaTest.inputStreamsRefuseToWrite
            5 channel: CREATE_NEW beats CREATE           | NioChannelTest.createNewBeatsCreateAndDoesNotTruncate
            5 channel: newOutputStream                   | NioChannelTest.outputStreamsTruncateUnlessOptionsAreGiven
            5 channel: a directory                       | NioChannelTest.directoryOpensForReadingAndRefusesTheRead
            5 channel: NOFOLLOW_LINKS                    | NioChannelTest.linkThatIsNotFollowedIsAPlainIOException
            5 channel: CREATE on a dangling link         | NioChannelTest.createMakesTheTargetOfADanglingLink
            5 channel: DELETE_ON_CLOSE                   | NioChannelTest.deleteOnCloseUnlinksAtOnceAndForgivesWhatItMayNot
            5 channel: APPEND                            | NioChannelTest.appendingStartsAtTheSizeAndStaysAtTheEnd
            5 channel: truncate and positions            | NioChannelTest.truncateNeverGrowsAndPullsThePositionDown, positionsBeyondTheEndReadNothingAndWriteAHole
            5 channel: wrong direction                   | NioChannelTest.wrongDirectionHasItsOwnExceptions

            5 delete: looks first                        | NioMoveAndCopyTest.deleteLooksBeforeItRemoves
            5 deleteIfExists                             | NioMoveAndCopyTest.deleteIfExistsForgivesAMissingNameAlone; Section5JavaTest.deleteIfExistsThrowsWhatIsNotAMissingName
            5 delete: sticky                             | NioMoveAndCopyTest.stickyDirectoryKeepsForeignFiles
            5 move: source missing                       | Section5JavaTest.aMissingSourceIsNoSuchFileOfItAlone
            5 move: same file                            | NioMoveAndCopyTest.movingBetweenNamesOfOneFileDoesNothing
            5 move: target exists                        | NioMoveAndCopyTest.moveRefusesAnExistingTargetEvenADanglingLink
            5 move: REPLACE_EXISTING removes first       | NioMoveAndCopyTest.replacingRemovesTheTargetFirstSoKindsMayDiffer
            5 move: the target is lost                   | NioMoveAndCopyTest.replacingLosesTheTargetWhenTheRenameFails; Section5JavaTest.theTargetIsLostWhenTheSourceCannotLeaveOrGoesIntoItself
            5 move: across mounts                        | NioMoveAndCopyTest.moveAcrossMountsCopiesModeTimesAndLinks; Section5JavaTest.anEmptyDirectoryMovesAcrossMountsAndRootKeepsTheOwner
            5 move: a full directory across mounts       | NioMoveAndCopyTest.fullDirectoryDoesNotMoveAcrossMountsAndLeavesNothing
            5 move: the source cannot be deleted         | NioMoveAndCopyTest.sourceThatStaysTakesTheCopyBack
            5 move: a failure at the target              | Section5JavaTest.aFailureAtTheTargetOfAMoveAcrossMountsNamesTheTargetAlone
            5 move: ATOMIC_MOVE                          | NioMoveAndCopyTest.atomicMoveReplacesWithoutBeingAskedAndNamesBoth; Section5JavaTest.anAtomicMoveReplacesAnEmptyDirectoryAndNeedsNoLeave
            5 move: COPY_ATTRIBUTES                      | NioMoveAndCopyTest.copyAttributesIsNoOptionOfMove
            5 move: into itself, missing parent          | NioFailuresTest.moveIntoItselfIsAnInvalidArgumentOfBoth; NioMoveAndCopyTest.missingParentOfTheTargetNamesBoth

            5 copy: follows the source, not the target   | NioMoveAndCopyTest.copyFollowsTheSourceAndNeverTheTarget
            5 copy: the target is lost                   | NioMoveAndCopyTest.replacingCopyLosesTheTargetWhenTheSourceCannotBeRead
            5 copy: the same file                        | NioMoveAndCopyTest.copyOfOneFileOntoItselfDoesNothing; Section5JavaTest.aCopyOntoALinkToItselfDoesNothing
            5 copy: directories                          | NioMoveAndCopyTest.directoriesAreCopiedEmptyEvenIntoThemselves
            5 copy: mode                                 | NioMoveAndCopyTest.copiedModePassesTheUmaskAndLosesSetIdToTheData; Section5JavaTest.setIdBitsSurviveTheDataThatRootCopies
            5 copy: COPY_ATTRIBUTES                      | NioMoveAndCopyTest.copiedAttributesKeepAllTwelveBits, whereTheOwnerMayNotBeGivenAwayTheModeIsNotSetEither; Section5JavaTest.copiedAttributesKeepTheOwnerWhereThatIsAllowed
            5 copy: ATOMIC_MOVE, InputStream             | NioChannelTest.unknownOptionsAreRefused; NioMoveAndCopyTest.copyOfAStreamNeedsLeaveToReplace

            5 setPosixFilePermissions                    | NioAttributesTest.settingPermissionsClearsTheSpecialBits, permissionsOfALinkItselfCannotBeReached
            5 setLastModifiedTime                        | NioAttributesTest.settingTimesNeedsReadPermission
            5 no time to set                             | NioAttributesTest.settingNoTimeDoesNotEvenLook

            5 newDirectoryStream                         | NioDirectoriesTest.onlyReadPermissionIsNeededToList, streamIsIteratedOnceAndEndsWhenClosed; Section5JavaTest.aFileOrALinkToOneIsNotADirectoryToList
            5 walk and walkFileTree                      | NioDirectoriesTest.walkThrowsAtTheStartAndWrapsWhatComesLater, walkFindsLoopsWhenItFollowsAndTakesDanglingLinksAsEntries; Section5JavaTest.visitorsAreGivenTheFailure
            5 secure stream: deleting                    | NioDirectoriesTest.secureDeletesByKind; Section5JavaTest.aSecureStreamDoesNotRemoveAFileAsADirectory
            5 secure stream: links                       | NioDirectoriesTest.secureStreamOfALinkIsRefusedUnlessFollowed
            5 secure stream: move                        | NioDirectoriesTest.secureMoveIsARenameThatOverwrites
            5 secure stream: follows its directory       | NioDirectoriesTest.secureStreamFollowsItsDirectoryAndKeepsTheOldNames, nothingIsCreatedInARemovedDirectory
            5 secure stream: does not confine            | NioDirectoriesTest.secureStreamDoesNotConfine
            5 secure stream: closed                      | NioDirectoriesTest.closedSecureStreamRefusesEverything
            5 all of it on the real disk                 | JdkDifferentialTest.theFakeAnswersItsOwnerAsTheRealDiskDoes, theFakeAnswersAMemberOfTheGroupAsTheRealDiskDoes, theFakeAnswersRootAsTheRealDiskDoes, theFakeAnswersOnAReadOnlyMountAsTheRealDiskDoes, theFakeAnswersARootWithoutTheOtherCapabilitiesAsTheRealDiskDoes

            6 root_squash and all_squash                 | KernelRulesTest.squashingMakesNobodyOfRootAndTheSameUserOfAll
            6 the owner reads and writes on              | NfsTest.theOwnerGoesOnReadingAndWritingAfterAChmodToNothing, anybodyElseLosesAnOpenFileWithItsPermission
            6 removed by another client                  | NfsTest.aFileRemovedByAnotherMountIsStale, aFileReplacedByAnotherMountIsStale, aRootOfAMountThatAnotherRemovedIsStale
            6 .nfsXXXX                                   | NfsTest.anOpenFileThatItsMountRemovesStaysUnderAnotherNameUntilTheLastClose, anOpenFileThatItsMountReplacesStaysUnderAnotherNameUntilTheLastClose
            6 attributes are cached                      | NfsBeliefsTest.aChangeOfAnotherMountShowsAfterThreeSeconds, ownChangesShowAtOnce
            6 names are cached, absent ones too          | NfsBeliefsTest.aNameThatWasMissingIsMissedForThirtySecondsThoughAnotherMountMadeIt, aNameThatAnotherMountRemovedIsSeenForThreeSecondsButCannotBeOpened
            6 close-to-open                              | NfsBeliefsTest.whoOpensAFileSeesWhatWasClosedBefore
            6 ENOSPC and EDQUOT at force or close        | NfsFullVolumeTest.aFullVolumeShowsAtForceOnceAndWhatFittedIsThere, aFullVolumeShowsAtClose, aQuotaShowsAtForce, aQuotaShowsAtClose
            """;

    /** A rule, and the tests that hold it. */
    private record Row(String rule, List<String> tests) {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String line : MATRIX.lines().filter(line -> !line.isBlank()).toList()) {
            String[] parts = line.split("\\|", -1);
            List<String> tests = new ArrayList<>();
            for (String ofClass : parts[1].split(";", -1)) {
                String[] names = ofClass.strip().split("\\.", -1);
                for (String method : names[1].split(",", -1)) {
                    tests.add(names[0] + "." + method.strip());
                }
            }
            rows.add(new Row(parts[0].strip(), tests));
        }
        return rows;
    }

    @Test
    void everyRuleIsHeldByATestThatIsThere() {
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            for (String test : row.tests) {
                if (!isTest(test)) {
                    missing.add(row.rule + ": " + test);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(rows()).extracting(Row::rule).doesNotHaveDuplicates().hasSizeGreaterThan(80);
    }

    @Test
    void everyTestThatTheTableOfNfsNamesIsThere() throws IOException {
        List<String> named = Files.readAllLines(Path.of("../docs/fake-file-system.md")).stream()
                .flatMap(line ->
                        Pattern.compile("`([a-z][A-Za-z]{25,})`").matcher(line).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThan(10).allMatch(PosixSemanticsMatrixTest::isTestOfNfs);
    }

    private static boolean isTestOfNfs(String name) {
        return Stream.of("NfsTest.", "NfsBeliefsTest.", "NfsFullVolumeTest.").anyMatch(type -> isTest(type + name));
    }

    private static boolean isTest(String test) {
        int dot = test.indexOf('.');
        try {
            Class<?> type =
                    Class.forName(PosixSemanticsMatrixTest.class.getPackageName() + "." + test.substring(0, dot));
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(test.substring(dot + 1)) && isTest(method));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class)
                || method.isAnnotationPresent(TestFactory.class);
    }
}
