package com.cocalc.storage.files;

import com.cocalc.storage.ProjectId;

/**
 * Where a tree is, for messages and reports.
 *
 * @param project whose
 * @param path the tree's root in the project
 */
record Site(ProjectId project, FilePath path) {

    FilePath at(byte[] below) {
        return FilePath.ofNames(ByteNames.join(path.toBytes(), below));
    }

    String place(byte[] below) {
        FilePath at = at(below);
        return (at.isHome() ? "the home directory" : ByteNames.quoted(at.toBytes())) + " of project " + project;
    }
}
