package com.cocalc.storage.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.kubernetes.audit.Manifests;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file is on a claim where the innermost mount of the container that names it is. */
class FilesInMountsTest {

    private static Pod pod() {
        return Manifests.pod("""
                metadata: { name: project-1, namespace: cocalc }
                spec:
                  containers:
                    - name: project
                      env: [{ name: EXT, value: /ext }]
                      volumeMounts:
                        - { name: cache, mountPath: /home/user/.cache }
                        - { name: home, mountPath: /home/user, subPath: projects/1 }
                        - { name: ext, mountPath: /ext, readOnly: true }
                    - name: sidecar
                      volumeMounts:
                        - { name: cache, mountPath: /ext }
                  volumes:
                    - { name: home, persistentVolumeClaim: { claimName: projects-data } }
                    - { name: ext, persistentVolumeClaim: { claimName: projects-software, readOnly: true } }
                    - { name: cache, emptyDir: {} }
                status: {}
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            open /home/user/.cache/x: permission denied           |
            open /home/user/.cached/x: permission denied          | WRONG_OWNER_OF_HOME
            open /home/userdata/x: permission denied              |
            open //home//user/./x: permission denied              | WRONG_OWNER_OF_HOME
            open /home/user/.cache/../x: permission denied        | WRONG_OWNER_OF_HOME
            open /home/user/../../etc/x: permission denied        |
            rsync: host:/home/user/x: Permission denied           |
            file:/home/user/x (Permission denied)                 | WRONG_OWNER_OF_HOME
            open /ext/x: read-only file system                    | READ_ONLY_MOUNT
            """)
    void aLineOfALog(String line, String kind) {
        assertThat(kinds(Diagnosis.of(pod(), List.of(), List.of(line))))
                .containsExactlyElementsOf(Stream.ofNullable(kind).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            project | open /ext/x: read-only file system   | READ_ONLY_MOUNT
            sidecar | open /ext/x: read-only file system   |
            sidecar | open /home/user/x: permission denied |
            unknown | open /home/user/x: permission denied | WRONG_OWNER_OF_HOME
            """)
    void theLastWordsOfAContainerAreAboutItsOwnMounts(String container, String words, String kind) {
        Pod pod = pod();
        pod.getStatus()
                .setContainerStatuses(List.of(new ContainerStatusBuilder()
                        .withName(container)
                        .withNewState()
                        .withNewTerminated()
                        .withReason("Error")
                        .withExitCode(1)
                        .withMessage(words)
                        .endTerminated()
                        .endState()
                        .build()));

        assertThat(kinds(Diagnosis.of(pod, List.of())))
                .containsExactlyElementsOf(Stream.ofNullable(kind).toList());
    }

    private static List<String> kinds(Diagnosis diagnosis) {
        return diagnosis.causes().stream().map(cause -> cause.kind().name()).toList();
    }
}
