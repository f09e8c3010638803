package com.cocalc.storage.testkit.law;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.SoftwareAccess;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.json.LicensesJson;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.KubernetesText;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.jqwik.CocalcStorageDomain;
import com.cocalc.storage.testkit.jqwik.DirectoryTree;
import com.cocalc.storage.testkit.jqwik.LicenseCase;
import com.cocalc.storage.testkit.jqwik.UserPod;
import com.cocalc.storage.testkit.law.contract.RefusalLaws;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.domains.Domain;

/**
 * The fourteen invariants of the storage, each by its law, over all that the generators know. The number stands in
 * front of each name.
 */
@Domain(CocalcStorageDomain.class)
final class InvariantsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static void holds(List<Violation> violations, Law... laws) {
        assertThat(violations)
                .filteredOn(violation -> laws.length == 0 || List.of(laws).contains(violation.law()))
                .isEmpty();
    }

    private static void holdsForPodOf(UserPod sample, Law... laws) {
        holds(PodLaws.check(sample.withStorage(), sample.volumes()), laws);
    }

    @Property
    void i01AHomesSubPathIsExactlyTheResolvedSchema(@ForAll UserPod sample) {
        holdsForPodOf(sample, PathLaws.HOME_IS_RESOLVED, PodLaws.HOME_IS_MOUNTED);
    }

    @Property
    void i02TwoIdsNeverShareADirectoryAndBothLetterCasesAgree(
            @ForAll PathSchema schema, @ForAll ProjectId one, @ForAll ProjectId two) {
        holds(PathLaws.check(
                schema, id -> schema.resolve(ProjectId.parse(id)).toString(), List.of(one, two, neighbour(one))));
    }

    /** Differs in the last bit alone. */
    private static ProjectId neighbour(ProjectId id) {
        return ProjectId.of(
                new UUID(id.uuid().getMostSignificantBits(), id.uuid().getLeastSignificantBits() ^ 1));
    }

    @Property
    void i03NoSubPathIsUnclean(@ForAll UserPod sample) {
        holdsForPodOf(sample, PathLaws.SUB_PATH_IS_CLEAN);
    }

    @Property
    void i04AProjectNeverMountsTheWholeDataClaim(@ForAll UserPod sample) {
        holdsForPodOf(sample, PodLaws.DATA_CLAIM_IN_PART);
    }

    @Property
    void i05VolumesAndMountsBelongTogether(@ForAll UserPod sample) {
        holdsForPodOf(
                sample,
                PodLaws.CLAIM_HAS_ONE_VOLUME,
                PodLaws.MOUNT_NAMES_A_VOLUME,
                PodLaws.VOLUME_IS_USED,
                PodLaws.MOUNT_PATHS_DIFFER);
    }

    @Property
    void i06TheSoftwareIsWritableExactlyWhenTheDecisionSaysSo(
            @ForAll UserPod sample, @ForAll LicenseCase licenses, @ForAll ProjectLicenses any) {
        holdsForPodOf(sample, PodLaws.SOFTWARE_FOLLOWS_THE_DECISION, PodLaws.SOFTWARE_IS_MOUNTED);
        holds(LicenseLaws.check(licenses.licenses(), all -> licenses.expected()), LicenseLaws.DECISION_IS_THE_HUBS);
        for (ProjectLicenses some : List.of(licenses.licenses(), any)) {
            holds(LicenseLaws.check(some, SoftwareAccess.decide(some)));
            holds(LicenseLaws.check(some, all -> SoftwareAccess.decide(all).access()));
        }
    }

    @Property
    void i07AReadOnlySourceHasOnlyReadOnlyMounts(@ForAll UserPod sample) {
        holdsForPodOf(sample, PodLaws.READ_ONLY_SOURCE_READ_ONLY_MOUNTS);
    }

    @Property
    void i08ExtIsSetExactlyWhenTheMountIsThere(@ForAll UserPod sample) {
        holdsForPodOf(sample, PodLaws.EXT_NAMES_THE_MOUNT);
    }

    @Property
    void i09TheInitContainerSeesItsHomeAloneAndRunsNoShell(@ForAll UserPod sample) {
        holdsForPodOf(sample, PodLaws.INIT_SEES_ITS_HOME_ALONE, PodLaws.INIT_RUNS_NO_SHELL);
    }

    @Property(tries = 100)
    void i09TheInitContainerRunTwiceChangesNothing(@ForAll DirectoryTree tree) {
        for (HomeOwnership ownership : List.of(
                HomeOwnership.fixPermissionsInit(),
                HomeOwnership.fixPermissionsInit().always())) {
            StorageConfig config =
                    StorageConfig.builder().homeOwnership(ownership).build();
            ProjectVolumes volumes = ProjectVolumes.forProject(Homes.PROJECT, ProjectLicenses.none(), config);
            FakeCluster cluster = FakeCluster.builder()
                    .storageClass("nfs", BackEnd.GANESHA)
                    .claimsOf(config, "nfs")
                    .build();
            RwxVolume data = cluster.claim("projects-data").volume();
            data.populate(inHome(tree));

            cluster.start(Homes.pod(volumes)).stop();
            String once = data.tree();
            cluster.start(Homes.pod(volumes)).stop();

            holds(RepetitionLaws.checkRepeating("fix-permissions", once, data.tree()));
        }
    }

    /** Below the home, whose own entry is as the kubelet makes it. */
    private static String inHome(DirectoryTree tree) {
        StringBuilder text = new StringBuilder("0755 0:0 - " + Homes.HOME + "/\n");
        for (String line : tree.lines()) {
            String below =
                    line.replaceFirst("^(\\S+ \\S+ (?:\"(?:[^\"\\\\]|\\\\.)*\"|\\S+)) ", "$1 " + Homes.HOME + "/");
            boolean isFurtherName = below.split(" ", 4)[2].equals("=");
            text.append(isFurtherName ? below.replace(" -> ", " -> " + Homes.HOME + "/") : below)
                    .append('\n');
        }
        return text.toString();
    }

    @Property
    void i10TheSameInputGivesTheSameBytes(@ForAll UserPod sample) {
        holds(RepetitionLaws.checkSameBytes("pod", () -> KubernetesText.yaml(sample.withStorage())));
    }

    @Property
    void i11MergingKeepsAllLawsAndTwiceIsOnce(@ForAll UserPod sample) {
        PodStorage storage = PodStorage.of(sample.volumes());

        holds(MergeLaws.check(sample.pod(), sample.volumes(), pod -> storage.applyTo(pod, sample.container())));
    }

    @Property
    void i11AClashIsNamed(@ForAll UserPod sample, @ForAll ProjectVolumes others) {
        Pod taken = sample.withStorage();
        PodStorage storage = PodStorage.of(others);

        holds(
                MergeLaws.check(taken, others, pod -> storage.applyTo(pod, sample.container())),
                MergeLaws.CLASH_IS_NAMED,
                MergeLaws.MERGE_TWICE_IS_ONCE,
                MergeLaws.MERGE_LEAVES_THE_REST);
    }

    @Property
    void i12AllComponentsResolveAProjectToTheSameFile(@ForAll StorageModel model, @ForAll ProjectId project) {
        holds(ModelLaws.check(model, project));
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void i13SquashReadOnlyQuotaAndStaleHandlesRefuseExactlyWhatTheyMust() throws IOException {
        RwxVolume nfs = RwxVolume.builder().nfs().rootMode(0777).build();
        Mount user = Mount.as(2001, 2001);
        nfs.populate("0755 2001:2001 - small/\n");
        nfs.quota("small", 65_536, 100);

        holds(RefusalLaws.checkRootSquash(
                nfs.mount(user).getPath("/"),
                nfs.mount(Mount.asRoot().rootSquash()).getPath("/")));
        holds(RefusalLaws.checkReadOnly(
                nfs.mount(user).getPath("/"), nfs.mount(user.readOnly()).getPath("/")));
        holds(RefusalLaws.checkQuota(nfs.mount(user).getPath("/small"), 65_536));
        holds(RefusalLaws.checkStaleHandles(
                nfs.mount(user).getPath("/"), nfs.mount(user).getPath("/")));
    }

    @Property
    void i14WhatIsWrittenReadsBack(@ForAll UserPod sample, @ForAll LicenseCase licenses) {
        holds(RepetitionLaws.checkTextAndBack("pod", sample.withStorage(), KubernetesText::json, InvariantsTest::pod));
        holds(RepetitionLaws.checkTextAndBack(
                "licences", licenses.licenses(), LicensesJson::write, LicensesJson::parse));
        holds(RepetitionLaws.checkTextAndBack(
                "schema", sample.volumes().config().projectsSchema(), PathSchema::toString, PathSchema::parse));
    }

    private static Pod pod(String json) {
        try {
            return MAPPER.readValue(json, Pod.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Property
    void projectsPodsKeepAllLawsAtOnce(@ForAll UserPod sample) {
        holdsForPodOf(sample);
    }
}
