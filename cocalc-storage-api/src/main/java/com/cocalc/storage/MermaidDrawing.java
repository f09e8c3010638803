package com.cocalc.storage;

import java.util.List;

/** A model as a Mermaid flow chart: components on the left, claims with their directories on the right. */
final class MermaidDrawing {

    private final StringBuilder text = new StringBuilder("flowchart LR");
    private final StorageModel model;

    private MermaidDrawing(StorageModel model) {
        this.model = model;
    }

    static String of(StorageModel model) {
        return new MermaidDrawing(model).draw();
    }

    private String draw() {
        StorageConfig config = model.config();
        line("  project[" + quoted("a project's pod") + "]");
        for (ServiceVolumes view : model.services()) {
            line("  " + view.service() + "[" + quoted(view.service().toString()) + "]");
        }
        List<ClaimName> claims = model.claims();
        for (int i = 0; i < claims.size(); i++) {
            drawClaim(i, claims.get(i));
        }
        line("  project -->|" + quoted(config.homePath() + ", its own") + "| projects");
        line("  project -.->|" + quoted(config.softwarePath() + ", or read-write by licence") + "| software");
        for (ServiceVolumes view : model.services()) {
            for (StorageMount mount : view.mounts()) {
                drawMount(view.service(), mount);
            }
        }
        return text.toString();
    }

    private void drawClaim(int index, ClaimName claim) {
        StorageConfig config = model.config();
        line("  subgraph claim" + index + "[" + quoted("claim " + claim) + "]");
        if (claim.equals(config.dataClaim())) {
            line("    projects[(" + quoted(config.projectsSchema().toString()) + ")]");
        }
        if (claim.equals(config.sharesClaim())) {
            line("    shares[(" + quoted(config.sharesSchema().toString()) + ")]");
        }
        if (claim.equals(config.softwareClaim())) {
            line("    software[(" + quoted("the whole claim") + ")]");
        }
        line("  end");
    }

    private void drawMount(StorageService service, StorageMount mount) {
        String arrow = mount.access().isReadOnly() ? " -.->|" : " -->|";
        String directory = mount.mountPath().equals(ServiceVolumes.PROJECTS_PATH) ? "projects" : "shares";
        line("  " + service + arrow + quoted(mount.mountPath() + ", of all") + "| " + directory);
    }

    private void line(String line) {
        text.append('\n').append(line);
    }

    /** Text in quotes: whatever Mermaid or the HTML behind it could take for its own is written as a code. */
    private static String quoted(String label) {
        StringBuilder quoted = new StringBuilder("\"");
        label.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " /_-.,:[]()'".indexOf(c) >= 0) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append('#').append(c).append(';');
            }
        });
        return quoted.append('"').toString();
    }
}
