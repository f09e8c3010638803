package com.cocalc.storage.files;

import com.cocalc.storage.ClaimName;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.StorageConfig;
import com.cocalc.storage.StorageService;
import com.cocalc.storage.rwx.ContainerFiles;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import java.nio.file.FileSystem;
import java.util.List;
import java.util.stream.Collectors;

/** One owner with a project, one victim with a secret, and manage-share's container. */
final class ShareWorld {

    static final ProjectId OWNER = ProjectId.parse("aaaaaaaa-0000-4000-8000-000000000001");
    static final ProjectId VICTIM = ProjectId.parse(Attack.VICTIM);

    static final String HOME = "projects/" + OWNER + "/";
    static final String SHARE = "shares/" + OWNER + "/";

    private static final Mount USER = Mount.as(PosixIdentity.PROJECT_USER);

    final RwxVolume data;
    final RwxVolume shared;
    final FileSystem container;
    final FileSystem visitor;
    final FileSystem owner;
    final ServiceVolumes service;

    private ShareWorld(RwxVolume data, RwxVolume shared, StorageConfig config) {
        this.data = data;
        this.shared = shared;
        this.service = ServiceVolumes.forService(StorageService.MANAGE_SHARE, config);
        data.populate("0755 2001:2001 - projects/\n0755 2001:2001 - " + HOME + "\n0755 2001:2001 - projects/" + VICTIM
                + "/\n0644 2001:2001 \"the secret\" projects/" + VICTIM + "/key\n");
        shared.populate("0755 2001:2001 - shares/\n");
        this.container = container(data, shared);
        this.visitor = shared.mount(USER.subPath("shares").readOnly());
        this.owner = data.mount(USER.subPath(HOME.substring(0, HOME.length() - 1)));
    }

    static ShareWorld onOneClaim(RwxVolume volume) {
        return new ShareWorld(volume, volume, StorageConfig.defaults());
    }

    static ShareWorld onOneClaim() {
        return onOneClaim(RwxVolume.create());
    }

    static ShareWorld onTwoClaims() {
        return new ShareWorld(
                RwxVolume.create(),
                RwxVolume.create(),
                StorageConfig.builder().sharesClaim(ClaimName.parse("shares")).build());
    }

    /** A container of manage-share over these volumes. */
    static FileSystem container(RwxVolume data, RwxVolume shared) {
        RwxVolume image = RwxVolume.builder().clock(shared.clock()).build();
        image.populate("0755 0:0 - etc/\n0600 2001:2001 \"the host's secret\" etc/shadow\n");
        return ContainerFiles.builder(image, PosixIdentity.PROJECT_USER)
                .mount("/projects", data, USER.subPath("projects").readOnly())
                .mount("/shares", shared, USER.subPath("shares"))
                .build();
    }

    Shares shares() {
        return Shares.of(service, container);
    }

    /** Fills the owner's home; paths are relative to it. */
    ShareWorld has(String... lines) {
        for (String line : lines) {
            int path = line.lastIndexOf(' ', line.contains(" -> ") ? line.indexOf(" -> ") - 1 : line.length());
            String name = line.substring(path + 1).replaceFirst(" -> .*", "");
            for (int slash = name.indexOf('/'); slash > 0 && slash < name.length() - 1; ) {
                String parent = HOME + name.substring(0, slash + 1);
                if (!data.tree().contains(" " + parent + "\n")) {
                    data.populate("0755 2001:2001 - " + parent + "\n");
                }
                slash = name.indexOf('/', slash + 1);
            }
            data.populate(line.substring(0, path + 1) + HOME + line.substring(path + 1) + "\n");
        }
        return this;
    }

    static PublicPath path(String path) {
        return PublicPath.of(OWNER, path.equals(".") ? FilePath.home() : FilePath.parse(path));
    }

    /** The lines of the tree below the share, without what publishers note. */
    String share() {
        return shared.tree()
                .lines()
                .filter(line -> line.contains(SHARE))
                .map(line -> line.replace(SHARE, "/"))
                .collect(Collectors.joining("\n"));
    }

    /** The names that publishers have left in their own directory, but for records. */
    List<String> leftBehind() {
        return shared.tree()
                .lines()
                .filter(line -> line.contains(" shares/.cocalc-storage/"))
                .filter(line -> !line.matches(".*/([.]cocalc-storage|records|locks|exchanges|staging)/$"))
                .filter(line -> !line.matches(".*/records/[0-9a-f-]{36}$"))
                .toList();
    }
}
