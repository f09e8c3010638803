package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.JupyterPath;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.PathSchema;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.StorageConfig;

/** Settings that are fine alone and refused together. */
final class RefusedConfigs {

    private RefusedConfigs() {}

    static RefusedCall any(Draw draw) {
        StorageConfig good = Configs.config(draw);
        StorageConfig.Builder bad = good.toBuilder();
        String change = switch (draw.upTo(6)) {
            case 0 -> {
                bad.softwareClaim(good.dataClaim());
                yield "softwareClaim(\"" + good.dataClaim() + "\")";
            }
            case 1 -> {
                bad.sharesClaim(good.softwareClaim());
                yield "sharesClaim(\"" + good.softwareClaim() + "\")";
            }
            case 2 -> {
                bad.softwarePath(good.homePath());
                yield "softwarePath(homePath)";
            }
            case 3 -> {
                MountPath nested = MountPath.parse(good.softwarePath() + "/x");
                bad.homePath(nested);
                yield "homePath(\"" + nested + "\")";
            }
            case 4 -> {
                bad.sharesClaim(good.dataClaim()).sharesSchema(meeting(draw, good.projectsSchema()));
                yield "sharesClaim(dataClaim) and a schema that meets projectsSchema";
            }
            case 5 -> {
                PosixIdentity root = PosixIdentity.of(0, good.identity().gid());
                bad.identity(root);
                yield "identity(" + root + ")";
            }
            default -> {
                draw.weighing(64, bad.homePath("/h"))
                        .softwarePath("/" + ("s".repeat(250) + "/").repeat(16) + "s".repeat(71))
                        .jupyterPath(JupyterPath.WITH_SOFTWARE);
                yield "softwarePath(4,088 bytes) and jupyterPath(WITH_SOFTWARE)";
            }
        };
        return new RefusedCall(StorageConfig.class, Flaw.CONFLICT, good + ".toBuilder()." + change, bad::build);
    }

    /** The same, above it, below it, or on the claim itself. */
    private static PathSchema meeting(Draw draw, PathSchema other) {
        String before = other.toString().substring(0, other.toString().indexOf(PathSchema.PLACEHOLDER));
        return PathSchema.parse(
                switch (draw.upTo(2)) {
                    case 0 -> other.toString();
                    case 1 -> PathSchema.PLACEHOLDER;
                    default -> before + "x/" + PathSchema.PLACEHOLDER;
                });
    }
}
