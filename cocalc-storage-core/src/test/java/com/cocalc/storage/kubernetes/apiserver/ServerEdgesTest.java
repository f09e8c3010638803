package com.cocalc.storage.kubernetes.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Audited;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server accepts although it looks wrong, and what it refuses although it looks right. */
class ServerEdgesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'/metadata/generation','value':-1}",
                "{'op':'add','path':'/metadata/creationTimestamp','value':'2026-01-01T00:00:00.12345678901234567890Z'}",
                "{'op':'add','path':'/metadata/annotations','value':{'\\u0130/\\u0130':''}}",
                "{'op':'add','path':'/metadata/managedFields','value':[{'manager':'m','operation':'Update','apiVersion':'v1',"
                        + "'fieldsType':'FieldsV1','fieldsV1':{'f:spec':{'f:containers':{'.':{}}}}}]}",
                "{'op':'add','path':'/spec/containers/0/image','value':'\\u001cx'}",
                "{'op':'add','path':'/spec/containers/0/restartPolicy','value':'Always'}",
                "{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'F','valueFrom':{'fileKeyRef':"
                        + "{'volumeName':'v','path':'env','key':'F'}}}}",
                "{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'F','valueFrom':{'fileKeyRef':"
                        + "{'volumeName':'v','path':'env','key':'F'},'secretKeyRef':{'name':'s','key':'F'}}}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','image':{}}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','emptyDir':{},'image':{'reference':'r'}}}",
                "{'op':'add','path':'/spec/containers/0/envFrom','value':[{'configMapRef':{'name':'x_-'}}]}",
                "{'op':'add','path':'/metadata/generateName','value':'x_-'}",
                "{'op':'add','path':'/spec/containers/0/securityContext','value':{'appArmorProfile':"
                        + "{'type':'Localhost','localhostProfile':'\\u001cx'}}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','emptyDir':{'sizeLimit':'\u00a01Gi\u2003'}}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','emptyDir':{'sizeLimit':'.'}}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','emptyDir':{'sizeLimit':'-Ki'}}}",
                "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','csi':{'driver':'\\u0130.k8s.io'}}}"
            })
    void thisIsNoReasonToRefuseAPod(String operation) {
        ServerAnswer answer = ApiServer.answer(Audited.patched("[" + operation + "]"));

        assertThat(answer.isAccepted()).as(answer.reason()).isTrue();
    }

    /** A server of 1.34 removes the volume and its mounts before it looks at them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'name':'Image','image':{'reference':'r'}",
                "'name':'','image':{}",
                "'name':'v','image':{'pullPolicy':'odd'}",
                "'name':'v','image':{},'nfs':{}",
                "'name':'v','image':{},'persistentVolumeClaim':{}"
            })
    void aVolumeOfAnImageIsNotJudged(String volume) {
        String mount = "{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':"
                + "{'name':'v','mountPath':'/home/user','subPath':'..','mountPropagation':'odd'}}";
        String image = "{'op':'add','path':'/spec/volumes/-','value':{" + volume + "}}";
        String other = "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','image':{}}}";

        ServerAnswer answer = ApiServer.answer(Audited.patched("[" + image + "," + other + "," + mount + "]"));

        assertThat(answer.isAccepted()).as(answer.reason()).isTrue();
    }

    @Test
    void aVolumeOfAnImageIsNoDevice() {
        String image = "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','image':{}}}";
        String device = "{'op':'add','path':'/spec/containers/0/volumeDevices','value':"
                + "[{'name':'v','devicePath':'/dev/v'}]}";

        assertThat(ApiServer.answer(Audited.patched("[" + image + "," + device + "]"))
                        .fields())
                .containsExactly("spec.containers[0].volumeDevices[0].name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'finalizers':['orphan'] |
            'finalizers':['kubernetes','foregroundDeletion','a.b/c'] |
            'finalizers':['a'] | finalizers[0]
            'finalizers':['a/b','c d'] | finalizers finalizers[1]
            'finalizers':['orphan','foregroundDeletion'] | finalizers
            'generateName':'-' | generateName
            'generateName':'x_é-' | generateName
            'generateName':'xé-' | generateName
            'generateName':'x_-' |
            """)
    void theMetadataOfAnyKindIsJudged(String metadata, String fields) {
        for (String kind : List.of("v1','kind':'PersistentVolumeClaim", "storage.k8s.io/v1','kind':'StorageClass")) {
            String object = "{'apiVersion':'" + kind + "','metadata':{'name':'c'," + metadata + "}}";

            List<String> ofMetadata = ApiServer.answer(object.replace('\'', '"')).fields().stream()
                    .filter(field -> field.startsWith("metadata"))
                    .toList();

            assertThat(ofMetadata).isEqualTo(listed("metadata.", fields));
        }
    }

    /**
     * A server counts the generations of pods and policies itself, those of other objects start where the user says.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            v1','kind':'PersistentVolumeClaim | -1 | generation labels
            storage.k8s.io/v1','kind':'StorageClass | -9000000000 | generation labels
            storage.k8s.io/v1','kind':'StorageClass | 5 | labels
            networking.k8s.io/v1','kind':'NetworkPolicy | -1 | labels
            v1','kind':'Pod | -1 | labels
            """)
    void aGenerationThatTheServerDoesNotSetIsNotNegative(String kind, long generation, String fields) {
        String object = "{'apiVersion':'" + kind + "','metadata':{'name':'c','labels':{'a b':''},'generation':"
                + generation + "}}";

        assertThat(ApiServer.answer(object.replace('\'', '"')).fields().stream()
                        .filter(field -> field.startsWith("metadata"))
                        .toList())
                .isEqualTo(listed("metadata.", fields));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "['Pod']", "{'Pod':1}", "null", "1e400"})
    void aKindIsAText(String kind) {
        String object = "{'apiVersion':'v1','kind':" + kind + ",'metadata':{'name':'c'}}";

        ServerAnswer answer = ApiServer.answer(object.replace('\'', '"'));

        assertThat(answer.code()).as(answer.reason()).isEqualTo(400);
        assertThat(answer.reason()).contains("write kind");
    }

    private static List<String> listed(String at, String fields) {
        return fields == null
                ? List.of()
                : Stream.of(fields.split(" ")).map(field -> at + field).toList();
    }

    @Test
    void theOldNameOfTheServiceAccountCountsWhereThereIsNoNewOne() {
        String old = "{'op':'add','path':'/spec/serviceAccount','value':'Bad'}";
        String account = "{'op':'add','path':'/spec/serviceAccountName','value':'good'}";

        assertThat(ApiServer.answer(Audited.patched("[" + old + "]")).fields())
                .containsExactly("spec.serviceAccountName");
        assertThat(ApiServer.answer(Audited.patched("[" + old + "," + account + "]"))
                        .isAccepted())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'resource':'limits.cpu'} |
            {'resource':'limits.cpu','divisor':'1m'} |
            {'resource':'limits.cpu','divisor':'1000m'} |
            {'resource':'limits.cpu','divisor':'0'} |
            {'resource':'limits.cpu','divisor':'2'} | divisor
            {'resource':'requests.memory','divisor':'1Mi'} |
            {'resource':'requests.memory','divisor':'1000'} |
            {'resource':'requests.memory','divisor':'1m'} | divisor
            {'resource':'requests.memory','divisor':'3Mi'} | divisor
            {'resource':'limits.ephemeral-storage','divisor':'1Ti'} |
            {'resource':'limits.ephemeral-storage','divisor':'2Ti'} | divisor
            {'resource':'limits.hugepages-2Mi','divisor':'7'} | divisor
            {'resource':'requests.hugepages-2Mi','divisor':'1Mi'} |
            {'resource':'requests.memory','divisor':'1024Ki'} |
            {'resource':'requests.memory','divisor':'1024'} | divisor
            {'resource':'requests.memory','divisor':'1e3'} | divisor
            {'resource':'requests.memory','divisor':'1e0'} |
            {'resource':'requests.memory','divisor':'0.0009765625Ki'} |
            {'resource':'requests.memory','divisor':'0.001Mi'} | divisor
            {'resource':''} | resource
            {'resource':'limits.gpu'} | resource
            """)
    void aVariableNamesAResourceAndWhatItIsDividedBy(String reference, String field) {
        String variable =
                "{'op':'add','path':'/spec/containers/0/env/-','value':{'name':'R','valueFrom':{'resourceFieldRef':"
                        + reference + "}}}";

        ServerAnswer answer = ApiServer.answer(Audited.patched("[" + variable + "]"));

        String at = "spec.containers[0].env[1].valueFrom.resourceFieldRef.";
        assertThat(answer.fields()).isEqualTo(field == null ? List.of() : List.of(at + field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'containerName':'project','resource':'limits.cpu'} |
            {'resource':'limits.cpu'} | containerName
            {'resource':'limits.cpu','divisor':'3'} | containerName divisor
            {'resource':'limits.gpu'} | containerName
            {'containerName':'project'} | resource
            {'containerName':'project','resource':'limits.gpu'} | resource
            {'containerName':'project','resource':'limits.cpu','divisor':'3'} | divisor
            """)
    void aFileWithAResourceNamesTheContainerToo(String reference, String field) {
        String files = "{'items':[{'path':'r','resourceFieldRef':" + reference + "}]}";

        assertField("{'name':'v','downwardAPI':" + files + "}", field, "spec.volumes[2].downwardAPI.resourceFieldRef.");
        assertField(
                "{'name':'v','projected':{'sources':[{'downwardAPI':" + files + "}]}}",
                field,
                "spec.volumes[2].projected.sources[0].downwardAPI.resourceFieldRef.");
    }

    private static void assertField(String volume, String field, String at) {
        ServerAnswer answer =
                ApiServer.answer(Audited.patched("[{'op':'add','path':'/spec/volumes/-','value':" + volume + "}]"));

        assertThat(answer.fields()).isEqualTo(listed(at, field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'downwardAPI':{'items':[{'path':'p','fieldRef':{'fieldPath':'metadata.name'}}]}}",
                "{'secret':{'name':'s','items':[{'key':'k','path':'p'}]}}",
                "{'configMap':{'name':'c','items':[{'key':'k','path':'p'}]}}"
            })
    void twoProjectedSourcesNeverWriteOnePath(String second) {
        String first = "{'downwardAPI':{'items':[{'path':'p','fieldRef':{'fieldPath':'metadata.uid'}}]}}";
        String volume = "{'op':'add','path':'/spec/volumes/-','value':{'name':'v','projected':{'sources':[" + first
                + "," + second + "]}}}";

        assertThat(ApiServer.answer(Audited.patched("[" + volume + "]")).fields())
                .containsExactly("spec.volumes[2].projected");
    }

    /**
     * Measured, but for two controllers of which the first has no name, which a newer server refuses, and for a version
     * and a kind that are absent: the model fills them in.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'apiVersion':'v1','kind':'Pod','name':'p','uid':'u'} |
            {'apiVersion':'/v1','kind':'Pod','name':'A b','uid':' ','blockOwnerDeletion':true} |
            {'apiVersion':' ','kind':'/','name':'p/q','uid':'u'} |
            {'apiVersion':'events.k8s.io/v1','kind':'Event','name':'p','uid':'u'} |
            {'apiVersion':'v1','kind':'Pod','name':'p'} | .uid
            {'apiVersion':'v1','kind':'Pod','name':'','uid':'u'} | .name
            {'apiVersion':'v1','kind':null,'name':'p','uid':'u'} | .kind
            {'apiVersion':'','kind':'Pod','name':'p','uid':'u'} | .apiVersion
            {'apiVersion':'a/b/c','kind':'Pod','name':'p','uid':'u'} | .apiVersion
            {'apiVersion':'v1/','kind':'Pod','name':'p','uid':'u'} | .apiVersion
            {'apiVersion':'/','kind':'Pod','name':'p','uid':'u'} | .apiVersion
            {'apiVersion':'','kind':''} | .apiVersion .kind .name .uid
            {} | .name .uid
            null | .name .uid
            {'apiVersion':'v1','kind':'Event','name':'p','uid':'u'} | ;
            {'apiVersion':'v1','kind':'Pod','name':'p','uid':'u'},{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u'} |
            {'apiVersion':'v1','kind':'Pod','name':'p','uid':'u','controller':true},{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u','controller':true} |
            {'apiVersion':'v1','kind':'Pod','name':'p','uid':'u','controller':true},{'apiVersion':'v1','kind':'Pod','name':'q','uid':'u','controller':true} | ;
            {'apiVersion':'v1','kind':'Pod','name':'','uid':'u','controller':true},{'apiVersion':'v1','kind':'Pod','name':'q','uid':'u','controller':true} | .name ;
            """)
    void anOwnerIsNamedInFull(String owners, @Nullable String fields) {
        String metadata = "'metadata':{'name':'c','ownerReferences':[" + owners + "]}";
        String claim = "{'apiVersion':'v1','kind':'PersistentVolumeClaim'," + metadata
                + ",'spec':{'accessModes':['ReadWriteMany'],'resources':{'requests':{'storage':'1Gi'}}}}";
        String pod = "{'apiVersion':'v1','kind':'Pod'," + metadata
                + ",'spec':{'containers':[{'name':'c','image':'i','terminationMessagePolicy':'File'}]}}";
        List<String> expected = fields == null
                ? List.of()
                : Stream.of(fields.split(" "))
                        .map(field -> "metadata.ownerReferences" + field.replace(";", ""))
                        .toList();

        for (String object : new String[] {claim, pod}) {
            assertThat(ApiServer.answer(object.replace('\'', '"')).fields()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {'labels':{'a':'b'},'annotations':{'a':'b'}} |
            {'creationTimestamp':null} |
            {'name':'n'} | name
            {'generateName':'n'} | generateName
            {'namespace':'n'} | namespace
            {'uid':'u'} | uID
            {'resourceVersion':'1'} | resourceVersion
            {'generation':1} | generation
            {'generation':0} |
            {'deletionGracePeriodSeconds':0} | deletionGracePeriodSeconds
            {'finalizers':['a/b']} | finalizers
            {'ownerReferences':[{'apiVersion':'v1','kind':'Pod','name':'p','uid':'u'}]} | ownerReferences
            {'labels':{'a':'x/y'}} | labels
            """)
    void aClaimThatIsMadeFromAPodHasLabelsAndAnnotations(String metadata, String field) {
        assertField(
                "{'name':'v','ephemeral':{'volumeClaimTemplate':{'metadata':" + metadata
                        + ",'spec':{'accessModes':['ReadWriteMany'],'resources':{'requests':{'storage':'1'}}}}}}",
                field,
                "spec.volumes[2].ephemeral.volumeClaimTemplate.metadata.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            'dataSource':{'kind':'PersistentVolumeClaim','name':'a'} |
            'dataSource':{'apiGroup':'snapshot.storage.k8s.io','kind':'VolumeSnapshot','name':'a'} |
            'dataSource':{'apiGroup':'x.io','kind':'Odd','name':''} |
            'dataSource':{'kind':'PersistentVolumeClaim','name':''} | spec.dataSource.name spec.dataSourceRef.name
            'dataSourceRef':{'apiGroup':'x.io','kind':'Odd','name':'a'} |
            'dataSourceRef':{'apiGroup':'x.io','kind':'Odd','name':'','namespace':'other'} |
            'dataSourceRef':{'kind':'Odd','name':'a'} | spec.dataSource spec.dataSourceRef
            'dataSourceRef':{'apiGroup':'X','kind':'Odd','name':'a'} | spec.dataSource.apiGroup spec.dataSourceRef.apiGroup
            'dataSource':{'kind':'PersistentVolumeClaim','name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'a'} |
            'dataSource':{'kind':'PersistentVolumeClaim','name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'b'} | spec
            'dataSource':{'apiGroup':'','kind':'PersistentVolumeClaim','name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'a'} | spec
            'dataSource':{'apiGroup':'x.io','kind':'Odd','name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'a'} | spec
            'dataSource':{'kind':'PersistentVolumeClaim','name':'a'},'dataSourceRef':{'kind':'PersistentVolumeClaim','name':'b','namespace':'n'} |
            'dataSource':{'apiGroup':'x.io','kind':'Odd','name':''},'dataSourceRef':{'kind':'Odd','name':'','namespace':'n'} |
            """)
    void whatAClaimIsFilledFromIsJudged(String sources, String fields) {
        String claim = ("{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'c'},'spec':"
                        + "{'accessModes':['ReadWriteMany'],'resources':{'requests':{'storage':'1'}}," + sources + "}}")
                .replace('\'', '"');

        ServerAnswer answer = ApiServer.answer(claim);

        assertThat(answer.fields()).isEqualTo(fields == null ? List.of() : List.of(fields.split(" ")));
    }

    /** The model of the class is newer than the server, which knows no field that the model lacks. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            /sepc | sepc
            /metadata/label | metadata.label
            /spec/volume | spec.volume
            /spec/fsGroup | spec.fsGroup
            /spec/containers/0/volumeMount | spec.containers[0].volumeMount
            /spec/containers/0/securitycontext | spec.containers[0].securitycontext
            /spec/containers/0/livenessProbe | spec.containers[0].livenessProbe.odd
            /spec/affinity | spec.affinity.odd
            /status |
            """)
    void aFieldThatIsNotThereIsRefusedWhereverItIs(String path, String field) {
        String pod = Audited.patched("[{'op':'add','path':'" + path + "','value':{'odd':1}}]");

        ServerAnswer answer = ApiServer.answer(pod);

        assertThat(answer.code()).isEqualTo(field == null ? 201 : 400);
        assertThat(answer.fields()).isEqualTo(listed("", field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'v1','kind':'PersistentVolumeClaim','metadata':{'name':'c'},'odd'",
                "'networking.k8s.io/v1','kind':'NetworkPolicy','metadata':{'name':'c'},'odd'",
                "'networking.k8s.io/v1','kind':'NetworkPolicy','metadata':{'name':'c','odd':1},'spec'",
            })
    void aFieldThatIsNotThereIsRefusedInAnyKind(String object) {
        ServerAnswer answer = ApiServer.answer(("{'apiVersion':" + object + ":{}}").replace('\'', '"'));

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.fields()).hasSize(1).allMatch(field -> field.endsWith("odd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'/spec/containers/0/imagePullPolicy','value':true}",
                "{'op':'add','path':'/spec/containers/0/ports','value':{}}",
                "{'op':'add','path':'/spec/priority','value':'1'}",
                "{'op':'add','path':'/metadata/generation','value':1.5}"
            })
    void aValueOfAnotherTypeIsRefusedWhereverItIs(String operation) {
        assertThat(ApiServer.answer(Audited.patched("[" + operation + "]")).code())
                .isEqualTo(400);
    }

    @Test
    void aFieldThatIsThereTwiceIsRefusedWhereverItIs() {
        String pod = Audited.patched("[]").replaceFirst("\"image\":", "\"image\":\"\",\"image\":");

        assertThat(ApiServer.answer(pod).fields()).containsExactly("spec.containers[0].image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'f:provisioner':{},'.':{'k:{}':1}}", "1", "null"})
    void theFieldsThatAManagerOwnsAreNotRead(String fields) {
        String storageClass = "{'apiVersion':'storage.k8s.io/v1','kind':'StorageClass','metadata':{'name':'c',"
                + "'managedFields':[{'manager':'m','operation':'Update','fieldsV1':" + fields + "}]},"
                + "'provisioner':'p'}";

        ServerAnswer answer = ApiServer.answer(storageClass.replace('\'', '"'));

        assertThat(answer.isAccepted()).as(answer.reason()).isTrue();
    }

    @Test
    void anEmptyReclaimPolicyIsTheDefault() {
        String storageClass = "{'apiVersion':'storage.k8s.io/v1','kind':'StorageClass','metadata':{'name':'c'},"
                + "'provisioner':'\u0130','reclaimPolicy':''}";

        assertThat(ApiServer.answer(storageClass.replace('\'', '"')).isAccepted())
                .isTrue();
    }

    @Test
    void aPodWithUsersOfItsOwnHasNoDevices() {
        String pod = Audited.patched(
                "[{'op':'add','path':'/spec/hostUsers','value':false},"
                        + "{'op':'add','path':'/spec/volumes/-','value':{'name':'b','persistentVolumeClaim':{'claimName':'b'}}},"
                        + "{'op':'add','path':'/spec/containers/0/volumeDevices','value':[{'name':'b','devicePath':'/dev/b'}]}]");

        assertThat(ApiServer.answer(pod).fields()).containsExactly("spec.containers[0].volumeDevices");
    }

    @Test
    void anObjectOfMoreThan3MiBIsRefused() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .addToAnnotations("a", "ü".repeat(2 * 1024 * 1024))
                .endMetadata()
                .build();

        assertThat(ApiServer.answer(pod).code()).isEqualTo(413);
        assertThat(ApiServer.answer(pod).fields()).isEmpty();
    }

    @Test
    void aBodyOfMoreThan3MiBIsRefused() {
        String pod = ServerCase.pod("project").json();
        int most = 3 * 1024 * 1024;
        String largest = pod + " ".repeat(most - pod.length());

        assertThat(ApiServer.answer(largest).isAccepted()).isTrue();
        assertThat(ApiServer.answer(largest + " ").code()).isEqualTo(413);
        assertThat(ApiServer.answer(largest + " ").reason())
                .isEqualTo("the text must have at most 3145728 bytes, but has 3145729; leave something out");
    }
}
