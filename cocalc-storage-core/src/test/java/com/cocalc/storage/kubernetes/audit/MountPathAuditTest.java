package com.cocalc.storage.kubernetes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mount paths at which the runtime, the kubelet or the kernel has something of its own. */
class MountPathAuditTest {

    private static List<String> places(String operation) {
        return Audited.places(PodAudit.auditJson(Audited.patched("[" + operation + "]"), Audited.project()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            'configMap':{'name':'c'}       | 'mountPath':'/etc/passwd','subPath':'passwd' |
            'configMap':{'name':'c'}       | 'mountPath':'/etc/passwd'                    | mount-path-of-accounts
            'emptyDir':{}                  | 'mountPath':'/etc/group'                     | mount-path-of-accounts
            'hostPath':{'path':'/a/users'} | 'mountPath':'/etc/passwd'                    | host-path
            """)
    void aFileMayReplaceTheAccountsOfTheImage(String source, String mount, String code) {
        List<String> codes = places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n'," + source + "}},"
                        + "{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'n'," + mount + "}}")
                .stream()
                .map(place -> place.substring(0, place.indexOf('@')))
                .toList();

        assertThat(codes).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /dev                  | mount-path-of-runtime
            /dev/null             | mount-path-of-runtime
            /dev/termination-log  | mount-path-of-runtime
            /sys/x                | mount-path-of-runtime
            /sys/fs/x             | mount-path-of-runtime
            /dev/pts/x            | mount-path-of-runtime
            /dev/mqueue/x         | mount-path-of-runtime
            /sys/fs/cgroup        |
            /dev/zero             |
            /proc/x               | mount-path-in-proc
            /proc/cpuinfo         | mount-path-in-proc
            /etc                  | mount-path-etc
            /etc/                 | mount-path-etc
            //                    | mount-path-root
            /./                   | mount-path-root
            /dev/shm              |
            /etc/other            |
            /etc/passwd           | mount-path-of-accounts
            /etc//group/          | mount-path-of-accounts
            /etc/shadow           |
            """)
    void aPlaceThatTheRuntimeKeepsIsFound(String path, String code) {
        List<String> places = places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','persistentVolumeClaim':"
                + "{'claimName':'other'}}},{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':"
                + "{'name':'n','mountPath':'" + path + "'}}");

        assertThat(places)
                .isEqualTo(code == null ? List.of() : List.of(code + "@/spec/containers/0/volumeMounts/2/mountPath"));
    }

    @ParameterizedTest
    @CsvSource({
        "/proc/cpuinfo, ''",
        "/proc/./uptime, ''",
        "/proc/version, mount-path-in-proc",
        "/proc, mount-path-in-proc"
    })
    void filesOfProcThatRuntimesLetOthersReplaceAreFine(String path, String code) {
        List<String> places = places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','hostPath':{'path':"
                + "'/var/lib/lxcfs/proc/x'}}},{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':"
                + "{'name':'n','mountPath':'" + path + "'}}");

        assertThat(places.stream()
                        .filter(place -> !place.startsWith("host-path@"))
                        .toList())
                .isEqualTo(code.isEmpty() ? List.of() : List.of(code + "@/spec/containers/0/volumeMounts/2/mountPath"));
    }

    @Test
    void aMountPathThatTheRuntimeCannotReachIsTooLong() {
        String longest = "/a".repeat(1985);

        assertThat(longest).hasSize(3970);
        assertThat(mountedAt(longest)).isEmpty();
        assertThat(mountedAt(longest + "c"))
                .containsExactly("mount-path-too-long@/spec/containers/0/volumeMounts/2/mountPath");
    }

    private static List<String> mountedAt(String path) {
        return places("{'op':'add','path':'/spec/volumes/-','value':{'name':'n','emptyDir':{}}},"
                + "{'op':'add','path':'/spec/containers/0/volumeMounts/-','value':{'name':'n','mountPath':'" + path
                + "'}}");
    }
}
