package com.cocalc.storage.files;

import com.cocalc.storage.ProjectId;

/**
 * Where a tree is, for messages and reports.
 *
 * @param project whose
 * @param path the tree's root in the project, or in its share
 * @param inShare whether it is in the project's share, not in its home
 */
record Site(ProjectId project, FilePath path, boolean inShare) {

    Site(ProjectId project, FilePath path) {
        this(project, path, false);
    }

    /** The directory that the project owns. */
    Site top() {
        return new Site(project, FilePath.home(), inShare);
    }

    FilePath at(byte[] below) {
        return FilePath.ofNames(ByteNames.join(path.toBytes(), below));
    }

    String place(byte[] below) {
        FilePath at = at(below);
        String whole = inShare ? "the share of project " : "the home directory of project ";
        String part = inShare ? " of the share of project " : " of project ";
        return (at.isHome() ? whole : ByteNames.quoted(at.toBytes()) + part) + project;
    }
}
