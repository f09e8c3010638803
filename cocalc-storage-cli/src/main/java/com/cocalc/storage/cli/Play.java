package com.cocalc.storage.cli;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ProjectLicenses;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.kubernetes.BackEnd;
import com.cocalc.storage.kubernetes.ClaimPreparation;
import com.cocalc.storage.kubernetes.PodStorage;
import com.cocalc.storage.kubernetes.preflight.Diagnosis;
import com.cocalc.storage.testkit.cluster.FakeCluster;
import com.cocalc.storage.testkit.cluster.PodNotRunningException;
import com.cocalc.storage.testkit.cluster.PodOutcome;
import com.cocalc.storage.testkit.cluster.RunningContainer;
import com.cocalc.storage.testkit.cluster.RunningPod;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Two projects on a fake cluster, each with a home, the shared software, and a licence that one of them gets in
 * between.
 */
final class Play {

    static final String IMAGE = "registry.example.com/cocalc/project-standard:20260109";

    private static final String CONTAINER = "project";

    private final StorageConfig config;
    private final FakeCluster cluster;
    private final String notes;
    private final String kernel;
    private final BackEnd backEnd;
    private final List<Step> steps = new ArrayList<>();
    private final List<Tree> trees = new ArrayList<>();

    Play(StorageConfig config, BackEnd backEnd) {
        this.config = config;
        cluster = FakeCluster.builder()
                .nodes("node-1", "node-2")
                .storageClass("shared", backEnd)
                .claimsOf(config, "shared")
                .build();
        notes = config.homePath() + "/notes.txt";
        kernel = config.softwarePath() + "/kernel.txt";
        this.backEnd = backEnd;
    }

    /**
     * The steps of a run as they are printed: the fields are those of the JSON, in this order.
     *
     * @param backEnd the storage under the claims
     * @param started whether all pods started
     * @param steps the steps, in their order
     * @param claims the contents of the claims at the end, empty if a pod did not start
     */
    record Story(String backEnd, boolean started, List<Step> steps, List<Tree> claims) {

        /** Returns the story for people. */
        String text() {
            StringBuilder text = new StringBuilder(
                    "The same two projects on a fake cluster in memory, with storage " + backEnd + ":\n\n");
            for (Step step : steps) {
                text.append(String.format("%-8s  %s", step.who(), step.what().replace("\n", "\n" + " ".repeat(10))))
                        .append('\n');
            }
            for (Tree tree : claims) {
                text.append("\nclaim ").append(tree.claim()).append('\n');
                tree.entries().forEach(entry -> text.append("  ").append(entry).append('\n'));
            }
            return text.toString();
        }
    }

    /**
     * One step.
     *
     * @param who the actor: a project, the job, the hub or the kubelet
     * @param what the action and its result
     */
    record Step(String who, String what) {}

    /**
     * The contents of a claim.
     *
     * @param claim the claim
     * @param entries mode, owner, size and path of each file and directory
     */
    record Tree(String claim, List<String> entries) {}

    /** Runs the story once. */
    Story story() {
        boolean started = ran();
        return new Story(backEnd.name(), started, List.copyOf(steps), List.copyOf(trees));
    }

    private boolean ran() {
        try {
            prepareClaims();
            ProjectId first = Shipped.WITHOUT_GRANT;
            RunningPod pod = start(first, Shipped.licensesWithoutGrant());
            write(first, pod, notes, "home of " + nickname(first));
            write(first, pod, kernel, "software of " + nickname(first));

            say("hub", "the project gets a licence with ext_rw: true; its pod runs on as it is");
            write(first, pod, kernel, "software of " + nickname(first));
            pod = start(first, Shipped.licensesWithGrant());
            read(first, pod, notes);
            write(first, pod, kernel, "software of " + nickname(first));

            ProjectId second = Shipped.WITH_GRANT;
            RunningPod other = start(second, Shipped.licensesWithGrant());
            read(second, other, kernel);
            read(second, other, notes);
            tree(config.dataClaim());
            tree(config.softwareClaim());
            return true;
        } catch (PodNotRunningException e) {
            explain(e.outcome());
            return false;
        }
    }

    /** Runs the job of the claim preparation: root owns a new claim, so a licence is not enough to write there. */
    private void prepareClaims() {
        PodOutcome outcome =
                cluster.run(ClaimPreparation.of(StorageModel.of(config)).job("busybox:1.37"));
        say("job", "give the claims to " + config.identity() + ": " + outcome);
    }

    private RunningPod start(ProjectId project, ProjectLicenses licenses) {
        ProjectVolumes volumes = ProjectVolumes.forProject(project, licenses, config);
        Pod bare = new PodBuilder()
                .withNewMetadata()
                .withName("project-" + nickname(project))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(CONTAINER)
                .withImage(IMAGE)
                .endContainer()
                .endSpec()
                .build();
        RunningPod pod = cluster.restart(PodStorage.of(volumes).applyTo(bare, CONTAINER));
        MountPath software = config.softwarePath();
        say(
                nickname(project),
                "start on " + pod.node() + " with " + software + " "
                        + volumes.softwareAccess().access());
        return pod;
    }

    private void write(ProjectId project, RunningPod pod, String path, String text) {
        RunningContainer container = pod.container(CONTAINER);
        String deed = "write " + path + " as " + container.identity() + ": ";
        try {
            Files.writeString(container.path(path), text);
            say(nickname(project), deed + "done");
        } catch (IOException e) {
            say(nickname(project), deed + refusal(e));
        }
    }

    private void read(ProjectId project, RunningPod pod, String path) {
        RunningContainer container = pod.container(CONTAINER);
        String deed = "read " + path + " as " + container.identity() + ": ";
        try {
            say(nickname(project), deed + '"' + Files.readString(container.path(path)) + '"');
        } catch (IOException e) {
            say(nickname(project), deed + refusal(e));
        }
    }

    /** Returns the message of the JDK, which is the same on a real mount. */
    private static String refusal(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static String nickname(ProjectId project) {
        return project.toString().substring(0, 8);
    }

    private void say(String who, String what) {
        steps.add(new Step(who, what));
    }

    private void tree(ClaimName claim) {
        trees.add(new Tree(
                claim.value(),
                cluster.claim(claim.value()).volume().tree().lines().toList()));
    }

    private void explain(PodOutcome outcome) {
        say("kubelet", outcome.toString());
        if (outcome instanceof PodOutcome.NotStarted stuck) {
            say(
                    "why",
                    Diagnosis.of(stuck.pod(), stuck.events(), stuck.logLines()).toString());
        }
    }
}
