package com.cocalc.storage.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.apiserver.ApiServer;
import com.cocalc.storage.kubernetes.audit.AuditRule;
import com.cocalc.storage.kubernetes.audit.Expected;
import com.cocalc.storage.kubernetes.audit.PodAudit;
import com.cocalc.storage.kubernetes.audit.Severity;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** What the server accepts stays accepted or is a conflict, and what is no conflict has no new error in the audit. */
class UsersPodsPropertiesTest {

    @Property
    void whatIsTakenStaysAcceptedAndHasNoNewError(@ForAll long seed, @ForAll Wanted wanted) {
        Pod pod = new UsersPods(seed).pod();
        Pod result;
        try {
            result = wanted.storage().applyTo(pod, "project");
        } catch (StorageConflictException e) {
            Statistics.collect("conflict");
            return;
        }
        Statistics.collect("taken");
        Statistics.coverage(coverage -> coverage.check("taken").percentage(percentage -> percentage > 10));

        assertThat(ApiServer.answer(pod).fields())
                .as(result.toString())
                .containsAll(ApiServer.answer(result).fields());
        assertThat(errors(pod, wanted.expected())).as(result.toString()).containsAll(errors(result, wanted.expected()));
        assertThat(wanted.storage().applyTo(result, "project")).isEqualTo(result);
    }

    /** What keeps the pod's own container from starting, or leaves it without access, harms nobody else. */
    private static final Set<AuditRule> HARMS_ITSELF_ALONE = EnumSet.of(
            AuditRule.RUN_AS_USER,
            AuditRule.RUN_AS_GROUP,
            AuditRule.FS_GROUP,
            AuditRule.REFUSED_BY_SERVER,
            AuditRule.READ_ONLY_SOURCE_WITH_SUB_PATH,
            AuditRule.TWO_VOLUMES_ONE_CLAIM,
            AuditRule.SAME_PLACE,
            AuditRule.NESTED_IN_READ_ONLY,
            AuditRule.MOUNT_PATH_ROOT,
            AuditRule.MOUNT_PATH_IN_PROC,
            AuditRule.MOUNT_PATH_OF_ACCOUNTS,
            AuditRule.MOUNT_PATH_OF_RUNTIME,
            AuditRule.SUB_PATH_EXPR_UNDEFINED,
            AuditRule.SUB_PATH_EXPR_ESCAPES,
            AuditRule.ROOT_BREAKS_NON_ROOT,
            AuditRule.GROUP_WITHOUT_USER);

    @Property
    void whatIsTakenReachesNoFilesOfOthers(@ForAll long seed, @ForAll Wanted wanted) {
        Pod pod = new UsersPods(seed).pod();
        Pod result;
        try {
            result = wanted.storage().applyTo(pod, "project");
        } catch (StorageConflictException e) {
            return;
        }

        assertThat(PodAudit.audit(result, wanted.expected().inContainer("project")))
                .as(result.toString())
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .allMatch(finding -> HARMS_ITSELF_ALONE.contains(finding.rule()));
    }

    @Property
    void whatIsTakenOfAStatefulSetHasNoNewErrorInThePodsThatItMakes(@ForAll long seed, @ForAll Wanted wanted) {
        StatefulSet set = new UsersPods(seed).statefulSet();
        StatefulSet result;
        try {
            result = wanted.storage().applyTo(set, "project");
        } catch (StorageConflictException e) {
            return;
        }

        assertThat(errors(firstPod(set), wanted.expected()))
                .as(result.toString())
                .containsAll(errors(firstPod(result), wanted.expected()));
    }

    /** As the controller makes it: the claims of templates take the place of volumes of their name. */
    private static Pod firstPod(StatefulSet set) {
        String name = set.getMetadata().getName() + "-0";
        Pod pod = new Pod();
        pod.setMetadata(new ObjectMetaBuilder().withName(name).build());
        PodSpec spec = ShallowCopy.of(set.getSpec().getTemplate().getSpec());
        List<Volume> volumes = new ArrayList<>(spec.getVolumes());
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String volume = template.getMetadata().getName();
            volumes.removeIf(one -> one.getName().equals(volume));
            volumes.add(new VolumeBuilder()
                    .withName(volume)
                    .withNewPersistentVolumeClaim(volume + "-" + name, null)
                    .build());
        }
        spec.setVolumes(volumes);
        pod.setSpec(spec);
        return pod;
    }

    /** By place: a mount that was wrong before may be wrong in another way now. */
    private static Set<String> errors(Pod pod, Expected expected) {
        return PodAudit.audit(pod, expected.inContainer("project")).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.pointer())
                .collect(Collectors.toSet());
    }

    /** The storages that a pod can get. */
    enum Wanted {
        PROJECT,
        HARDENED,
        REPAIRED,
        HUB_NEXT,
        MANAGE_SHARE,
        MANAGE_SHARE_WITH_A_USER,
        MANAGE_COPY,
        HUB_PROXY;

        PodStorage storage() {
            return switch (this) {
                case PROJECT -> PodStorage.of(project());
                case HARDENED -> PodStorage.of(project()).hardened();
                case REPAIRED -> PodStorage.of(project());
                case MANAGE_SHARE_WITH_A_USER -> PodStorage.of(service()).withSecurityContext();
                default -> PodStorage.of(service());
            };
        }

        Expected expected() {
            return EnumSet.of(PROJECT, HARDENED, REPAIRED).contains(this)
                    ? Expected.forProject(project())
                    : Expected.forService(service());
        }

        private ProjectVolumes project() {
            StorageConfig config = this == REPAIRED
                    ? StorageConfig.builder()
                            .homeOwnership(HomeOwnership.fixPermissionsInit())
                            .build()
                    : StorageConfig.defaults();
            return Fixtures.volumes(ProjectLicenses.none(), config);
        }

        private ServiceVolumes service() {
            return ServiceVolumes.forService(
                    StorageService.valueOf(name().replace("_WITH_A_USER", "")), StorageConfig.defaults());
        }
    }
}
