package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.CreatedClaims;
import com.cocalc.storage.HomeOwnership;
import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.StorageClassName;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageSize;
import java.util.List;

/** Configurations of installations, valid by construction. */
final class Configs {

    private static final ClaimName DATA = ClaimName.parse("projects-data");
    private static final ClaimName SOFTWARE = ClaimName.parse("projects-software");
    private static final PathSchema PROJECTS = PathSchema.parse("projects/[project_id]");
    private static final PathSchema SHARES = PathSchema.parse("shares/[project_id]");
    private static final List<String> SIZES = List.of(
            "10Gi", "1", "1Ki", "1k", "0.5Gi", ".5Ki", "1.", "1e3", "5E3", "007", "1000m", "9223372036854775807");
    private static final List<String> UNITS =
            List.of("Gi", "", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Ti", "Pi", "Ei", "e3", "E9", "e+2");

    private Configs() {}

    static StorageConfig config(Draw draw) {
        StorageConfig.Builder config = StorageConfig.builder();
        setClaims(draw, config);
        draw.maybe(3, () -> setPaths(draw, config));
        draw.maybe(3, () -> config.jupyterPath(JupyterPath.WITH_SOFTWARE));
        draw.maybe(4, () -> config.identity(Names.user(draw)));
        config.homeOwnership(ownership(draw));
        draw.maybe(3, () -> config.created(created(draw)));
        draw.maybe(2, config::bringYourOwnClaims);
        return config.build();
    }

    private static void setClaims(Draw draw, StorageConfig.Builder config) {
        ClaimName data = draw.maybe(3, () -> claimName(draw), DATA);
        ClaimName software = otherThan(draw.maybe(3, () -> claimName(draw), SOFTWARE), List.of(data));
        PathSchema projects = draw.maybe(2, () -> Paths.schema(draw), PROJECTS);
        PathSchema shares = draw.maybe(2, () -> Paths.schema(draw), SHARES);
        boolean sharesApart = draw.maybe(
                3,
                () -> {
                    config.sharesClaim(otherThan(claimName(draw), List.of(data, software)));
                    return true;
                },
                false);
        boolean meet = !sharesApart && projects.meets(shares);
        config.dataClaim(data)
                .softwareClaim(software)
                .projectsSchema(meet ? PROJECTS : projects)
                .sharesSchema(meet ? SHARES : shares);
    }

    private static ClaimName otherThan(ClaimName name, List<ClaimName> taken) {
        ClaimName other = name;
        for (int i = 0; taken.contains(other); i++) {
            other = ClaimName.parse("claim-" + i);
        }
        return other;
    }

    private static void setPaths(Draw draw, StorageConfig.Builder config) {
        MountPath home = Paths.mountPath(draw);
        MountPath software = Paths.mountPath(draw);
        for (int i = 0; home.contains(software) || software.contains(home); i++) {
            software = MountPath.parse("/ext" + i);
        }
        config.homePath(home).softwarePath(software);
    }

    static ClaimName claimName(Draw draw) {
        return ClaimName.parse(Names.subdomain(draw));
    }

    static StorageClassName storageClass(Draw draw) {
        return StorageClassName.parse(Names.subdomain(draw));
    }

    static HomeOwnership ownership(Draw draw) {
        return switch (draw.upTo(3)) {
            case 0 -> HomeOwnership.asIs();
            case 1 -> HomeOwnership.fixPermissionsInit();
            case 2 -> HomeOwnership.fixPermissionsInit().always();
            default -> HomeOwnership.serverSide();
        };
    }

    static CreatedClaims created(Draw draw) {
        return CreatedClaims.of(storageClass(draw), size(draw), size(draw));
    }

    static StorageSize size(Draw draw) {
        return StorageSize.parse(draw.oneIn(2) ? draw.between(1, Integer.MAX_VALUE) + draw.of(UNITS) : draw.of(SIZES));
    }
}
