package com.cocalc.storage.files.tree;

import java.nio.file.Path;
import java.util.List;

/**
 * A file or directory on a mount of the service, whether it exists or not.
 *
 * @param tree the mount
 * @param way the names from the mount's root to it, at least one
 * @param given how many of them lead to the directory that the project owns
 * @param firstMade the number of the first one that may be made if it is missing
 * @param site where it is, for messages and reports
 */
public record Place(MountedTree tree, List<byte[]> way, int given, int firstMade, Site site) {

    /** The directories above it. */
    public List<byte[]> parents() {
        return way.subList(0, way.size() - 1);
    }

    public Path lastName() {
        return tree.names().of(way.get(way.size() - 1));
    }

    public boolean isOwnDirectory() {
        return way.size() == given;
    }

    /** The whole of it, for a message. */
    public String text() {
        return site.place(new byte[0]);
    }

    /** The first so many names of the way, for a message. */
    public String text(int depth) {
        return foreign(depth).text();
    }

    /** The first so many names of the way, when they are opened. */
    public ForeignName foreign(int depth) {
        byte[] path = new byte[0];
        for (int i = given; i < depth; i++) {
            path = ByteNames.join(path, way.get(i));
        }
        return site.top().foreign(path);
    }
}
