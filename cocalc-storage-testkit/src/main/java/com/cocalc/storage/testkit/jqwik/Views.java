package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.Access;
import com.cocalc.storage.FilePlace;
import com.cocalc.storage.ProjectPod;
import com.cocalc.storage.ProjectVolumes;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageComponent;
import com.cocalc.storage.StorageModel;
import com.cocalc.storage.StorageMount;
import com.cocalc.storage.StorageService;

/** The views of projects and services of an installation. */
final class Views {

    private Views() {}

    static ProjectVolumes project(Draw draw) {
        return ProjectVolumes.forProject(Names.projectId(draw), Licenses.map(draw), Configs.config(draw));
    }

    static ServiceVolumes service(Draw draw) {
        return ServiceVolumes.forService(draw.of(StorageService.values()), Configs.config(draw));
    }

    static StorageModel model(Draw draw) {
        return StorageModel.of(Configs.config(draw));
    }

    static FilePlace place(Draw draw) {
        StorageModel model = model(draw);
        return switch (draw.upTo(3)) {
            case 0 -> model.home(Names.projectId(draw));
            case 1 -> model.file(Names.projectId(draw), Paths.shortSubPath(draw));
            case 2 -> model.share(Names.projectId(draw));
            default -> model.sharedFile(Names.projectId(draw), Paths.shortSubPath(draw));
        };
    }

    static FilePlace.Sight sight(Draw draw) {
        return FilePlace.Sight.of(component(draw), Paths.containerPath(draw), draw.of(Access.values()));
    }

    static StorageComponent component(Draw draw) {
        return draw.oneIn(2) ? draw.of(StorageService.values()) : new ProjectPod(Names.projectId(draw));
    }

    static StorageMount mount(Draw draw) {
        return StorageMount.of(
                Names.label(draw),
                Configs.claimName(draw),
                Paths.claimPart(draw),
                Paths.mountPath(draw),
                draw.of(Access.values()));
    }
}
