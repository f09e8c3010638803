package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.LicenseId;
import com.cocalc.storage.LicenseQuota;
import com.cocalc.storage.LicenseStatus;
import com.cocalc.storage.ProjectLicense;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.kubernetes.apiserver.ServerCase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One change to a good pod, and the findings that it makes. */
class PodAuditTest {

    private static final String MOUNTS = "/spec/containers/0/volumeMounts";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            projects                             | parent-directory
            projects/                            | parent-directory
            projects/{OTHER}                     | other-project
            projects/{OTHER}/notes               | other-project
            shares/{OTHER}                       | other-project
            shares/{ID}                          | other-directory
            projects/{ID}-evil                   | look-alike-directory
            projects/6F1B0C3E-2F5D-4C8E-9A53-0D6F0F1F9B11 | look-alike-directory
            project/{ID}                         | look-alike-directory
            projects\\\\{ID}                     | look-alike-directory
            projects/{ID}                   x    | look-alike-directory
            projects/6f1b0c3e\u20112f5d\u20114c8e\u20119a53\u20110d6f0f1f9b11 | look-alike-directory
            projects/{ID}/notes                  | sub-path-in-home
            ./projects//{ID}/                    | sub-path-not-clean
            """)
    void aHomeOfAnotherDirectoryIsFound(String subPath, String code) {
        String pod = Audited.patched("[{'op':'replace','path':'" + MOUNTS + "/0/subPath','value':'" + subPath + "'}]");

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project());

        assertThat(Audited.places(findings)).containsExactly(code + "@" + MOUNTS + "/0/subPath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','volumeMounts':[{'name':'ext','mountPath':'/e','readOnly':false}]}]} | flags-disagree@/spec/volumes/1/persistentVolumeClaim/readOnly
            {'op':'add','path':'/spec/volumes/-','value':{'name':'all','hostPath':{'path':'/'}}}              | host-path-to-volumes@/spec/volumes/2/hostPath
            {'op':'add','path':'/spec/volumes/-','value':{'name':'all','hostPath':{'path':'/var/lib//kubelet/pods'}}} | host-path-to-volumes@/spec/volumes/2/hostPath
            {'op':'add','path':'/spec/volumes/-','value':{'name':'all','hostPath':{'path':'/var/lib/kubelet2'}}} | host-path@/spec/volumes/2/hostPath
            {'op':'add','path':'/spec/volumes/-','value':{'name':'all','nfs':{'server':'s','path':'/'}}}        | inline-storage@/spec/volumes/2/nfs
            {'op':'add','path':'/spec/volumes/-','value':{'name':'all','csi':{'driver':'nfs.csi.k8s.io','volumeAttributes':{'server':'s','share':'/'}}}} | inline-storage@/spec/volumes/2/csi
            {'op':'add','path':'/spec/volumes/-','value':{'name':'all','csi':{'driver':'secrets-store.csi.k8s.io'}}} |
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'privileged':true}}              | privileged@/spec/containers/0/securityContext/privileged
            {'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x','securityContext':{'runAsUser':0}}} |
            {'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x','workingDir':'app'}}   | working-directory-relative@/spec/containers/1/workingDir
            {'op':'replace','path':'/spec/securityContext/runAsGroup','value':0}                              | run-as-group@/spec/securityContext/runAsGroup
            {'op':'remove','path':'/spec/securityContext/runAsUser'}                                          | run-as-user@/spec/securityContext/runAsUser
            {'op':'replace','path':'/spec/securityContext/fsGroup','value':1000}                              | fs-group@/spec/securityContext/fsGroup
            {'op':'replace','path':'/spec/securityContext/fsGroupChangePolicy','value':'Always'}              | fs-group-change-policy@/spec/securityContext/fsGroupChangePolicy
            {'op':'remove','path':'/spec/containers/0/env/0'}                                                 | variable-missing@/spec/containers/0
            {'op':'replace','path':'/spec/containers/0/env/0','value':{'name':'EXT','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}} | variable-wrong@/spec/containers/0/env/0
            {'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x','env':[{'name':'EXT','value':'/ext'}]}} | variable-without-mount@/spec/containers/1/env/0
            {'op':'add','path':'/spec/containers/0/volumeMounts/0/mountPropagation','value':'HostToContainer'} | mount-propagation@/spec/containers/0/volumeMounts/0/mountPropagation
            {'op':'remove','path':'/spec/containers/0/volumeMounts/0'}                                        | not-mounted@/spec/containers
            {'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'home','mountPath':'/h','subPath':'projects/{ID}/notes'}} | sub-path-in-home@/spec/containers/0/volumeMounts/2/subPath
            {'op':'replace','path':'/spec/containers/0/volumeMounts/0','value':{'name':'home','mountPath':'/home/user','subPathExpr':'projects/{ID}'}} | sub-path-expr@/spec/containers/0/volumeMounts/0/subPathExpr
            {'op':'add','path':'/spec/containers/0/securityContext','value':{'fsGrup':1}}                     | unknown-field@/spec/containers/0/securityContext/fsGrup
            """)
    void oneChangeIsOneFinding(String operation, String place) {
        List<Finding> findings = PodAudit.auditJson(Audited.patched("[" + operation + "]"), Audited.project());

        assertThat(Audited.places(findings)).isEqualTo(place == null ? List.of() : List.of(place));
    }

    @Test
    void aDollarThatTheSchemaAsksForIsNoFindingAndAnyOtherIs() {
        Expected expected = Audited.project(
                StorageConfig.builder().projectsSchema("$(X)/[project_id]").build());
        String meant = Audited.patched("[{'op':'replace','path':'" + MOUNTS + "/0/subPath','value':'$(X)/{ID}'}]");
        String other = Audited.patched("[{'op':'replace','path':'" + MOUNTS + "/0/subPath','value':'$(Y)/{ID}'}]");

        assertThat(PodAudit.auditJson(meant, expected)).isEmpty();
        assertThat(Audited.places(PodAudit.auditJson(other, expected)))
                .contains("sub-path-not-expanded@" + MOUNTS + "/0/subPath");
    }

    @Test
    void theSoftwareWritableInAnyContainerIsFound() {
        String pod = Audited.patched("""
                [{'op':'replace','path':'/spec/volumes/1/persistentVolumeClaim/readOnly','value':false},
                 {'op':'add','path':'/spec/initContainers','value':[
                   {'name':'i','image':'x','volumeMounts':[{'name':'ext','mountPath':'/e'}]}]},
                 {'op':'add','path':'/spec/ephemeralContainers','value':[
                   {'name':'e','image':'x','volumeMounts':[{'name':'ext','mountPath':'/e','readOnly':false}]}]}]
                """);

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project());

        assertThat(Audited.places(findings))
                .contains(
                        "writable@/spec/initContainers/0/volumeMounts/0",
                        "writable@/spec/ephemeralContainers/0/volumeMounts/0/readOnly")
                .doesNotContain("writable@/spec/containers/0/volumeMounts/1/readOnly");
    }

    @Test
    void aPodThatLivesMayHaveEphemeralContainersAndTheyAreAudited() {
        String ephemeral = "{'op':'add','path':'/spec/ephemeralContainers','value':"
                + "[{'name':'e','image':'x','volumeMounts':[{'name':'home','mountPath':'/h'}]}]}";
        String living = "{'op':'add','path':'/metadata/uid','value':'0b9f7c1e-6a44-4c07-8f61-6a6f6d0b0a10'}";

        List<String> ofNew =
                Audited.places(PodAudit.auditJson(Audited.patched("[" + ephemeral + "]"), Audited.project()));
        List<String> ofLiving = Audited.places(
                PodAudit.auditJson(Audited.patched("[" + ephemeral + "," + living + "]"), Audited.project()));

        assertThat(ofNew).contains("refused-by-server@/spec/ephemeralContainers");
        assertThat(ofLiving)
                .contains("whole-claim@/spec/ephemeralContainers/0/volumeMounts/0")
                .doesNotContain("refused-by-server@/spec/ephemeralContainers");
    }

    @Test
    void aWritableMountNamesTheLicencesThatDoNotGrant() {
        ProjectLicense expired = ProjectLicense.of(
                LicenseStatus.EXPIRED, LicenseQuota.builder().extRw().build());
        LicenseId id = LicenseId.parse("3f5ea6cb-d334-4dfe-a43f-2072073c2b13");
        ProjectVolumes volumes =
                ProjectVolumes.forProject(UUID.fromString(Audited.ID), ProjectLicenses.of(Map.of(id, expired)));

        List<Finding> findings = PodAudit.auditJson(
                ServerCase.pod("project-with-write-access-to-ext").json(), Expected.forProject(volumes));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).what())
                .contains("can write to the claim \"projects-software\" at \"/ext\"")
                .contains("no licence grants writing: ")
                .contains(id + " does not count, it has expired");
    }

    @Test
    void aReadOnlyMountNamesTheLicenceThatGrants() {
        List<Finding> findings = PodAudit.auditJson(ServerCase.pod("project").json(), Audited.licensed());

        assertThat(Audited.places(findings)).containsExactly("read-only@/spec/containers/0/volumeMounts/1/readOnly");
        assertThat(findings.get(0).what()).contains("writing is granted by ");
    }

    @Test
    void aSecondMountOfTheHomeMayBeReadOnly() {
        String second = "{'name':'home','mountPath':'/backup','subPath':'projects/{ID}','readOnly':true}";
        String beside = Audited.patched("[{'op':'add','path':'" + MOUNTS + "/-','value':" + second + "}]");
        String instead = Audited.patched("[{'op':'add','path':'" + MOUNTS + "/0/readOnly','value':true},"
                + "{'op':'add','path':'" + MOUNTS + "/-','value':{'name':'home','mountPath':'/work','subPath':"
                + "'projects/{ID}'}}]");

        assertThat(PodAudit.auditJson(beside, Audited.project())).isEmpty();
        assertThat(Audited.places(PodAudit.auditJson(instead, Audited.project())))
                .containsExactly("read-only@" + MOUNTS + "/0/readOnly");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /opt/jupyter | true  |
            /opt/jupyter | false | writable@/spec/containers/1/volumeMounts/0/readOnly
            /ext         | true  | other-directory@/spec/containers/1/volumeMounts/0/subPath
            """)
    void aDirectoryOfTheSoftwareMayBeMountedBesideIt(String path, boolean readOnly, String place) {
        String sidecar = "{'name':'s','image':'x','volumeMounts':[{'name':'ext','mountPath':'" + path
                + "','subPath':'jupyter','readOnly':" + readOnly + "}]}";
        String pod = Audited.patched("[{'op':'remove','path':'/spec/volumes/1/persistentVolumeClaim/readOnly'},"
                + "{'op':'add','path':'/spec/containers/-','value':" + sidecar + "}]");

        List<Finding> errors = PodAudit.auditJson(pod, Audited.project()).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();

        assertThat(Audited.places(errors)).isEqualTo(place == null ? List.of() : List.of(place));
    }

    @Test
    void aDirectoryOfTheSoftwareMustBeThereWhereItsSourceIsReadOnly() {
        String mount = "{'op':'add','path':'" + MOUNTS
                + "/-','value':{'name':'ext','mountPath':'/opt/jupyter','subPath':'jupyter','readOnly':true}}";

        assertThat(Audited.places(PodAudit.auditJson(Audited.patched("[" + mount + "]"), Audited.project())))
                .containsExactly("directory-must-exist@/spec/volumes/1/persistentVolumeClaim/readOnly");
    }

    @Test
    void aReadOnlySourceIsFoundWhereALicenceGrants() {
        String pod = ServerCase.pod("ext-read-only-on-claim-only").json();

        List<Finding> findings = PodAudit.auditJson(pod, Audited.licensed());

        assertThat(Audited.places(findings)).contains("read-only@/spec/volumes/1/persistentVolumeClaim/readOnly");
    }

    @Test
    void aClaimOfSharesIsNotForAProject() {
        StorageConfig config = StorageConfig.builder()
                .sharesClaim(ClaimName.parse("published"))
                .build();
        String pod = Audited.patched("""
                [{'op':'add','path':'/spec/volumes/-','value':{'name':'s','persistentVolumeClaim':{'claimName':'published'}}},
                 {'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'s','mountPath':'/s'}}]
                """);

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project(config));

        assertThat(Audited.places(findings)).containsExactly("claim-not-expected@" + MOUNTS + "/2");
    }

    @Test
    void kernelsMayBeOneOfSeveralDirectories() {
        StorageConfig config =
                StorageConfig.builder().jupyterPath(JupyterPath.WITH_SOFTWARE).build();
        String pod = Audited.patched(
                "[{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'JUPYTER_PATH','value':'/a:/ext/jupyter'}}]");
        String without = Audited.patched(
                "[{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'JUPYTER_PATH','value':'/ext/jupyter2'}}]");

        assertThat(PodAudit.auditJson(pod, Audited.project(config))).isEmpty();
        assertThat(Audited.places(PodAudit.auditJson(without, Audited.project(config))))
                .containsExactly("variable-wrong@/spec/containers/0/env/1");
    }

    @Test
    void aVariableFromElsewhereMakesASubPathUnknown() {
        String pod = Audited.patched("""
                [{'op':'add','path':'/spec/containers/0/envFrom','value':[{'configMapRef':{'name':'c'}}]},
                 {'op':'replace','path':'/spec/containers/0/volumeMounts/0','value':
                   {'name':'home','mountPath':'/home/user','subPathExpr':'projects/$(WHO)'}}]
                """);

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project());

        assertThat(Audited.places(findings)).containsExactly("sub-path-expr-unknown@" + MOUNTS + "/0/subPathExpr");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metadata.labels['project_id']  | sub-path-expr
            metadata.labels['run']         | sub-path-expr other-directory
            metadata.labels['missing']     | sub-path-expr-unknown
            metadata.annotations['home']   | sub-path-expr
            metadata.annotations['above']  | sub-path-expr-escapes
            metadata.annotations['text']   | sub-path-expr other-directory
            metadata.name                  | sub-path-expr look-alike-directory
            metadata.namespace             | sub-path-expr-unknown
            metadata.uid                   | sub-path-expr-unknown
            spec.nodeName                  | sub-path-expr-unknown
            """)
    void aSubPathFromTheMetadataThatThePodShowsIsKnown(String field, String codes) {
        String pod = Audited.patched("""
                [{'op':'add','path':'/metadata/annotations','value':
                   {'home':'{ID}','above':'../{OTHER}','text':'$(WHO)'}},
                 {'op':'add','path':'/spec/containers/0/env/-','value':
                   {'name':'WHO','valueFrom':{'fieldRef':{'fieldPath':'FIELD'}}}},
                 {'op':'replace','path':'/spec/containers/0/volumeMounts/0','value':
                   {'name':'home','mountPath':'/home/user','subPathExpr':'projects/$(WHO)'}}]
                """.replace("FIELD", field.replace("'", "\\u0027")));

        assertThat(PodAudit.auditJson(pod, Audited.project()).stream()
                        .map(finding -> finding.rule().code()))
                .containsExactlyInAnyOrder(codes.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scratch       | $(KUBERNETES_SERVICE_HOST)      |
            scratch       | $(HUB_PORT_5000_TCP_ADDR)       |
            scratch       | $(HUB_SERVICE)                  | sub-path-expr-undefined
            projects-data | projects/$(HUB_SERVICE_PORT)    | sub-path-expr-unknown
            """)
    void aVariableOfAServiceIsThereAndUnknown(String claim, String expression, String code) {
        boolean isOurs = claim.equals("projects-data");
        String pod = Audited.patched(
                "[{'op':'add','path':'/spec/volumes/-','value':{'name':'c','persistentVolumeClaim':{'claimName':'scratch'}}},"
                        + "{'op':'add','path':'" + MOUNTS + "/-','value':{'name':'" + (isOurs ? "home" : "c")
                        + "','mountPath':'/c','subPathExpr':'" + expression + "'}}]");

        assertThat(Audited.places(PodAudit.auditJson(pod, Audited.project())))
                .isEqualTo(code == null ? List.of() : List.of(code + "@" + MOUNTS + "/2/subPathExpr"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'configMap':{'name':'c'}               | 'mountPath':'/c'                  | 'mountPath':'/c/a/b' |
            'secret':{'secretName':'c'}            | 'mountPath':'/c','readOnly':true  | 'mountPath':'/c/a'   |
            'downwardAPI':{'items':[]}             | 'mountPath':'/c'                  | 'mountPath':'/c/a'   |
            'projected':{'sources':[]}             | 'mountPath':'/c/'                 | 'mountPath':'/c/a'   |
            'configMap':{'name':'c'}               | 'mountPath':'/c','subPath':'dir'  | 'mountPath':'/c/a'   | nested-in-read-only
            'image':{'reference':'i'}              | 'mountPath':'/c'                  | 'mountPath':'/c/a'   | directory-must-exist
            'emptyDir':{}                          | 'mountPath':'/c','readOnly':true  | 'mountPath':'/c/a'   | nested-in-read-only
            """, quoteCharacter = '"')
    void theKubeletMakesMountPointsInTheFilesThatItWrites(String source, String outer, String inner, String code) {
        assertThat(nested(source, outer, "'emptyDir':{}", inner))
                .isEqualTo(code == null ? List.of() : List.of(code + "@" + MOUNTS + "/3/mountPath"));
    }

    @Test
    void aReadOnlyClaimOfSomebodyElseMayHaveTheDirectoryThatIsNeeded() {
        String claim = "'persistentVolumeClaim':{'claimName':'data-sets','readOnly':true}";

        assertThat(nested(claim, "'mountPath':'/c'", "'emptyDir':{}", "'mountPath':'/c/scratch'"))
                .containsExactly("directory-must-exist@" + MOUNTS + "/3/mountPath");
        assertThat(nested(claim, "'mountPath':'/c','subPath':'genomes'", "'emptyDir':{}", "'mountPath':'/d'"))
                .containsExactly("directory-must-exist@/spec/volumes/2/persistentVolumeClaim/readOnly");
        assertThat(AuditRule.DIRECTORY_MUST_EXIST.severity()).isEqualTo(Severity.WARNING);
    }

    /** As a shipper of logs has the node's directory, and in it that of the project. */
    @Test
    void aReadOnlyDirectoryThatOthersFillMayHaveTheDirectoryThatIsNeeded() {
        String ofNode = "'hostPath':{'path':'/var/log'}";
        String reading = "'mountPath':'/c','readOnly':true";
        String writer = "{'op':'add','path':'/spec/initContainers','value':[{'name':'i','image':'x','volumeMounts':"
                + "[{'name':'c','mountPath':'/w'}]}]}";

        assertThat(nested(ofNode, reading, "'emptyDir':{}", "'mountPath':'/c/app'"))
                .containsExactly(
                        "host-path@/spec/volumes/2/hostPath", "directory-must-exist@" + MOUNTS + "/3/mountPath");
        assertThat(nested("'emptyDir':{}", reading, "'emptyDir':{}", "'mountPath':'/c/app'", writer))
                .containsExactly("directory-must-exist@" + MOUNTS + "/3/mountPath");
    }

    @Test
    void aFileHasNoPlaceInTheFilesThatTheKubeletWrites() {
        assertThat(nested(
                        "'configMap':{'name':'c'}",
                        "'mountPath':'/c'",
                        "'secret':{'secretName':'d'}",
                        "'mountPath':'/c/key','subPath':'key'"))
                .containsExactly("nested-in-read-only@" + MOUNTS + "/3/mountPath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            terminationMessagePath | /ext/last-words     | nested-in-read-only@/spec/containers/0/terminationMessagePath
            terminationMessagePath | /home//user/.last   | nested-in-claim@/spec/containers/0/terminationMessagePath
            terminationMessagePath | /ext                | mount-path-of-runtime@/spec/containers/0/volumeMounts/1/mountPath
            terminationMessagePath | /home               | mount-path-of-runtime@/spec/containers/0/volumeMounts/0/mountPath
            terminationMessagePath | /dev/termination-log |
            terminationMessagePath | /tmp/last-words     |
            workingDir             | /home/user          |
            workingDir             | /home/user/work     | working-directory@/spec/containers/0/workingDir
            workingDir             | /ext/./jupyter      | working-directory@/spec/containers/0/workingDir
            workingDir             | /home/users         |
            workingDir             | /                   |
            workingDir             | home/user           | working-directory-relative@/spec/containers/0/workingDir
            workingDir             | .                   | working-directory-relative@/spec/containers/0/workingDir
            """)
    void whatTheRuntimeMakesInAMountIsJudgedAsAMountThere(String field, String path, String place) {
        String pod = Audited.patched("[{'op':'add','path':'/spec/containers/0/" + field + "','value':'" + path + "'}]");

        assertThat(Audited.places(PodAudit.auditJson(pod, Audited.project())))
                .isEqualTo(place == null ? List.of() : List.of(place));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'value':'/root'                                      | is '/root'
            'value':'/home/user2'                                | is '/home/user2'
            'value':''                                           | is ''
            'valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}  | comes from elsewhere
            'value':'/home/user'                                 |
            'value':'/home/user/'                                |
            'value':'/home/user/desktop'                         |
            """)
    void aHomeThatProgramsLookForElsewhereIsAWarning(String variable, String found) {
        String pod = Audited.patched(
                "[{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'HOME'," + variable + "}}]");

        List<Finding> findings = PodAudit.auditJson(pod, Audited.project());

        assertThat(Audited.places(findings))
                .isEqualTo(found == null ? List.of() : List.of("variable-wrong@/spec/containers/0/env/1"));
        assertThat(findings)
                .allMatch(finding -> finding.what()
                        .equals("HOME of container \"project\" " + found.replace('\'', '"')
                                + ", but must be \"/home/user\""));
    }

    @Test
    void theHomeOfASidecarIsItsOwn() {
        String pod = Audited.patched("[{'op':'add','path':'/spec/containers/-','value':{'name':'side','image':'x',"
                + "'env':[{'name':'HOME','value':'/tmp'}]}}]");

        assertThat(PodAudit.auditJson(pod, Audited.project())).isEmpty();
    }

    @Test
    void aDebuggersLastWordsAreJudgedToo() {
        String pod = Audited.patched("[{'op':'add','path':'/metadata/uid','value':'u'},"
                + "{'op':'add','path':'/spec/ephemeralContainers','value':[{'name':'d','image':'x','volumeMounts':"
                + "[{'name':'ext','mountPath':'/ext','readOnly':true}],'terminationMessagePath':'/ext/d'}]}]");

        assertThat(Audited.places(PodAudit.auditJson(pod, Audited.project())))
                .containsExactly("nested-in-read-only@/spec/ephemeralContainers/0/terminationMessagePath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            containers     | /home/user/disk | nested-in-claim
            containers     | /ext/disk       | nested-in-read-only
            containers     | /ext/.          | over-our-path
            containers     | /dev/xvda       |
            containers     | /home/disk      |
            sidecar        | /home/user      | over-our-path
            sidecar        | /home/user/disk |
            """)
    void aDeviceIsJudgedByItsPathAsAMountIs(String container, String path, String code) {
        String devices = "[{'name':'d','devicePath':'" + path + "'}]";
        boolean beside = container.equals("sidecar");
        String pod = Audited.patched(
                "[{'op':'add','path':'/spec/volumes/-','value':{'name':'d','persistentVolumeClaim':{'claimName':'d'}}},"
                        + (beside
                                ? "{'op':'add','path':'/spec/containers/-','value':{'name':'s','image':'x','volumeDevices':"
                                        + devices + "}}]"
                                : "{'op':'add','path':'/spec/containers/0/volumeDevices','value':" + devices + "}]"));

        assertThat(Audited.places(PodAudit.auditJson(pod, Audited.project())))
                .isEqualTo(
                        code == null
                                ? List.of()
                                : List.of(code + "@/spec/containers/" + (beside ? 1 : 0)
                                        + "/volumeDevices/0/devicePath"));
    }

    private static List<String> nested(String source, String outer, String innerSource, String inner, String... more) {
        String pod = Audited.patched("[{'op':'add','path':'/spec/volumes/-','value':{'name':'c'," + source + "}},"
                + "{'op':'add','path':'/spec/volumes/-','value':{'name':'d'," + innerSource + "}},"
                + "{'op':'add','path':'" + MOUNTS + "/-','value':{'name':'c'," + outer + "}},"
                + "{'op':'add','path':'" + MOUNTS + "/-','value':{'name':'d'," + inner + "}}"
                + (more.length == 0 ? "" : "," + String.join(",", more)) + "]");
        return Audited.places(PodAudit.auditJson(pod, Audited.project()));
    }

    @Test
    void aFindingSaysWhatHappensAndHowToFixIt() {
        List<Finding> findings =
                PodAudit.auditJson(ServerCase.pod("sub-path-absent").json(), Audited.project());

        assertThat(findings.get(0))
                .hasToString(
                        "ERROR whole-claim at /spec/containers/0/volumeMounts/0: container \"project\" mounts all of"
                                + " the claim \"projects-data\", but project " + Audited.ID
                                + " has /home/user: projects/"
                                + Audited.ID
                                + " of projects-data, read-write; the container sees the files of all projects; set"
                                + " subPath to the directory that is meant for this pod");
    }

    @Test
    void aContainerThatTheRuntimeRefusesIsReportedWithItsAnswer() {
        String pod = Audited.patched("[{'op':'add','path':'/spec/containers/0/workingDir','value':'home/user'},"
                + "{'op':'add','path':'/spec/volumes/-','value':{'name':'n','emptyDir':{}}},"
                + "{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':"
                + "{'name':'n','mountPath':'/etc/group'}}]");

        assertThat(PodAudit.auditJson(pod, Audited.project()))
                .extracting(Finding::toString)
                .containsExactlyInAnyOrder(
                        "ERROR working-directory-relative at /spec/containers/0/workingDir: workingDir of container"
                                + " \"project\" is \"home/user\"; runc does not start the container: StartError, Cwd must be an"
                                + " absolute path; other runtimes start it below /; start it with '/'",
                        "ERROR mount-path-of-accounts at /spec/containers/0/volumeMounts/2/mountPath: mountPath is"
                                + " \"/etc/group\"; StartError: runc reads users and groups from this file, and the volume is a"
                                + " directory; mount it elsewhere, or mount a file of it by its sub-path");
    }

    @Test
    void aFieldGivenTwiceIsFound() {
        String pod = ServerCase.pod("project").json().replaceFirst("\"spec\":", "\"spec\":{},\"spec\":");

        assertThat(Audited.places(PodAudit.auditJson(pod, Audited.project()))).containsExactly("unknown-field@/spec");
    }

    @Test
    void allThatTheServerSaysOfOnePlaceIsOneFinding() {
        String both = "[{'op':'add','path':'" + MOUNTS + "/0/subPathExpr','value':'/x'}]";

        List<Finding> refusals = PodAudit.auditJson(Audited.patched(both), Audited.project()).stream()
                .filter(finding -> finding.rule() == AuditRule.REFUSED_BY_SERVER)
                .toList();

        assertThat(refusals).singleElement().satisfies(finding -> {
            assertThat(finding.pointer()).isEqualTo(MOUNTS + "/0/subPathExpr");
            assertThat(finding.serverFields())
                    .containsExactly(
                            "spec.containers[0].volumeMounts[0].subPathExpr",
                            "spec.containers[0].volumeMounts.subPathExpr");
            assertThat(finding.what())
                    .isEqualTo("spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: \"/x\": subPathExpr and"
                            + " subPath are mutually exclusive; spec.containers[0].volumeMounts.subPathExpr: Invalid"
                            + " value: \"/x\": must be a relative path");
        });
    }

    @Test
    void anotherKindOrVersionIsAFindingAndNoneIsNot() {
        String other = "[{'op':'replace','path':'/kind','value':'Deployment'},"
                + "{'op':'replace','path':'/apiVersion','value':'apps/v1'}]";

        assertThat(PodAudit.auditJson(Audited.patched(other), Audited.project()))
                .extracting(finding -> finding.rule().code() + "@" + finding.pointer() + " " + finding.what())
                .containsExactly(
                        "wrong-type@/apiVersion apiVersion: expected v1, but found \"apps/v1\"",
                        "wrong-type@/kind kind: expected Pod, but found \"Deployment\"");
        assertThat(PodAudit.auditJson(
                        Audited.patched("[{'op':'remove','path':'/kind'},{'op':'remove','path':'/apiVersion'}]"),
                        Audited.project()))
                .isEmpty();
    }

    @Test
    void whatIsNoPodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodAudit.auditJson("[1]", Audited.project()))
                .withMessage("pod must be one JSON object, but was ARRAY; write { \"kind\": \"Pod\", … }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodAudit.auditJson("{", Audited.project()))
                .withMessageStartingWith("pod must be one JSON object, but was not: the text is not one JSON object: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodAudit.auditJson(" ", Audited.project()))
                .withMessage(
                        "pod must be one JSON object, but was not: the text is not one JSON object: there is no JSON; correct"
                                + " the text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PodAudit.auditJson("{} {}", Audited.project()))
                .withMessage(
                        "pod must be one JSON object, but was not: the text is not one JSON object: there is something after"
                                + " the object; correct the text");
    }
}
