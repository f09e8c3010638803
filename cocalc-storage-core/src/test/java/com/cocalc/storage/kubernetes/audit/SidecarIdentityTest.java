package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.kubernetes.PodStorage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As whom the other containers of a project's pod run that have its home. */
class SidecarIdentityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            containers          |                          | 1000 | run-as-user@/spec/containers/1/securityContext/runAsUser
            initContainers      | 'restartPolicy':'Always',| 1000 | run-as-user@/spec/initContainers/0/securityContext/runAsUser
            initContainers      |                          | 1000 | run-as-user@/spec/initContainers/0/securityContext/runAsUser
            ephemeralContainers |                          | 1000 | run-as-user@/spec/ephemeralContainers/0/securityContext/runAsUser
            containers          |                          | 0    | run-as-user@/spec/containers/1/securityContext/runAsUser
            initContainers      | 'restartPolicy':'Always',| 0    | run-as-user@/spec/initContainers/0/securityContext/runAsUser
            ephemeralContainers |                          | 0    | run-as-user@/spec/ephemeralContainers/0/securityContext/runAsUser
            initContainers      |                          | 0    | root-beside-home@/spec/initContainers/0/securityContext/runAsUser
            initContainers      | 'restartPolicy':'Always',| 2001 |
            ephemeralContainers |                          | 2001 |
            """)
    void whoeverHasTheHomeRunsAsItsUser(String list, String more, int user, String found) {
        String part = list.startsWith("eph") ? "" : ",'subPath':'projects/{ID}'";
        String container =
                "{'name':'side','image':'x'," + (more == null ? "" : more) + "'securityContext':{'runAsUser':" + user
                        + ",'runAsGroup':2001},'volumeMounts':[{'name':'home','mountPath':'/home/user'" + part + "}]}";
        String add = list.equals("containers")
                ? "{'op':'add','path':'/spec/containers/-','value':" + container + "}"
                : "{'op':'add','path':'/spec/" + list + "','value':[" + container + "]}";
        String alive = "{'op':'add','path':'/metadata/uid','value':'u'}";
        List<String> places =
                Audited.places(PodAudit.auditJson(Audited.patched("[" + alive + "," + add + "]"), Audited.project()));

        if (found == null) {
            assertThat(places).noneMatch(place -> place.startsWith("run-as") || place.startsWith("root-"));
        } else {
            assertThat(places)
                    .contains(found)
                    .filteredOn(place -> place.startsWith("run-as") || place.startsWith("root-"))
                    .hasSize(1);
        }
    }

    @Test
    void whoeverOnlyReadsMayBeAnybody() {
        String reader = "[{'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x','securityContext':"
                + "{'runAsUser':65534,'runAsGroup':65534},'volumeMounts':[{'name':'ext','mountPath':'/ext','readOnly':true}],"
                + "'env':[{'name':'EXT','value':'/ext'}]}}]";

        assertThat(PodAudit.auditJson(Audited.patched(reader), Audited.project()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'name':'ext','mountPath':'/software','readOnly':true}                               | root-beside-home
            {'name':'home','mountPath':'/backup','subPath':'projects/{ID}','readOnly':true}      | root-beside-home
            {'name':'scratch','mountPath':'/scratch'}                                            |
            """)
    void rootIsToldOnlyWhereItHasFilesOfTheInstallation(String mount, String code) {
        String sidecar = "[{'op':'add','path':'/spec/volumes/-','value':{'name':'scratch','emptyDir':{}}},"
                + "{'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x','securityContext':"
                + "{'runAsUser':0},'volumeMounts':[" + mount + "]}}]";

        assertThat(Audited.places(PodAudit.auditJson(Audited.patched(sidecar), Audited.project())))
                .isEqualTo(code == null ? List.of() : List.of(code + "@/spec/containers/1/securityContext/runAsUser"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'runAsGroup':2001} | {'runAsUser':2001}                   | group-without-user@/spec/securityContext/runAsGroup
            {'runAsGroup':2001} | {}                                   | run-as-user@/spec/securityContext/runAsUser
            {}                  | {'runAsUser':2001,'runAsGroup':2001} |
            {'runAsUser':2001,'runAsGroup':2001,'supplementalGroupsPolicy':'Strict'} | {} | strict-groups@/spec/securityContext/supplementalGroupsPolicy
            {'runAsUser':2001,'runAsGroup':2001,'supplementalGroupsPolicy':'Merge'}  | {} |
            """)
    void whatTheRuntimeCannotDoIsFound(String pod, String container, String found) {
        String context = pod.replace(
                "}", (pod.length() > 2 ? "," : "") + "'fsGroup':2001,'fsGroupChangePolicy':'OnRootMismatch'}");
        String patched = Audited.patched("[{'op':'replace','path':'/spec/securityContext','value':" + context + "},"
                + "{'op':'add','path':'/spec/containers/0/securityContext','value':" + container + "}]");

        assertThat(Audited.places(PodAudit.auditJson(patched, Audited.project())))
                .isEqualTo(found == null ? List.of() : List.of(found));
    }

    @Test
    void aServiceWithAGroupAndNoUserDoesNotStart() {
        ServiceVolumes volumes = ServiceVolumes.forService(StorageService.MANAGE_COPY);
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("manage-copy")
                .endMetadata()
                .withNewSpec()
                .withNewSecurityContext()
                .withRunAsGroup(2001L)
                .endSecurityContext()
                .addNewContainer()
                .withName("copy")
                .endContainer()
                .endSpec()
                .build();

        List<Finding> findings =
                PodAudit.audit(PodStorage.of(volumes).applyTo(pod, "copy"), Expected.forService(volumes));

        assertThat(Audited.places(findings)).containsExactly("group-without-user@/spec/securityContext/runAsGroup");
    }
}
