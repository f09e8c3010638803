package com.cocalc.storage.files.share;

import com.cocalc.storage.ContainerPath;
import com.cocalc.storage.MountPath;
import com.cocalc.storage.ProjectId;
import com.cocalc.storage.ServiceVolumes;
import com.cocalc.storage.files.copy.CopyMeans;
import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.Place;
import com.cocalc.storage.files.tree.Site;
import com.cocalc.storage.files.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a publishing service finds projects and shares.
 *
 * @param service its volumes
 * @param projects the mount with the homes
 * @param shares the mount with the shares
 * @param store what publishers note
 * @param means what an operation may use
 */
public record SharesView(
        ServiceVolumes service, MountedTree projects, MountedTree shares, ShareStore store, CopyMeans means) {

    public static SharesView of(ServiceVolumes service, Path root, CopyMeans means) {
        MountedTree shares = new MountedTree(below(root, ServiceVolumes.SHARES_PATH));
        return new SharesView(
                service,
                new MountedTree(below(root, ServiceVolumes.PROJECTS_PATH)),
                shares,
                ShareStore.of(shares.root(), means.identity()),
                means);
    }

    private static Path below(Path root, MountPath mount) {
        return root.resolve(mount.toString().substring(1));
    }

    private static TreePath behind(MountPath mount, ContainerPath path) {
        return TreePath.parse(path.toString().substring(mount.toString().length() + 1));
    }

    /** The names from the mount of the shares to a share. */
    List<byte[]> shareNames(ProjectId project) {
        return behind(ServiceVolumes.SHARES_PATH, service.share(project)).names();
    }

    Place source(ProjectId project, TreePath path) {
        List<byte[]> names =
                behind(ServiceVolumes.PROJECTS_PATH, service.home(project)).names();
        return new Place(projects, joined(names, path), names.size(), names.size(), new Site(project, path));
    }

    public Place target(ProjectId project, TreePath path) {
        List<byte[]> names = shareNames(project);
        return new Place(shares, joined(names, path), names.size(), 0, new Site(project, path, true));
    }

    /** The names from the mount of the shares to the new tree of an exchange. */
    List<byte[]> exchangeNames(ProjectId project) {
        List<byte[]> names = new ArrayList<>();
        for (Path name : shares.root().relativize(store.exchange(project).resolve("new"))) {
            names.add(name.toString().getBytes(StandardCharsets.US_ASCII));
        }
        return names;
    }

    private static List<byte[]> joined(List<byte[]> names, TreePath path) {
        List<byte[]> all = new ArrayList<>(names);
        all.addAll(path.names());
        return all;
    }
}
