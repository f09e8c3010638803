package com.cocalc.storage.files.tree;

import com.cocalc.storage.ProjectId;

/**
 * Where a tree is, for messages and reports.
 *
 * @param project the project that the tree belongs to
 * @param path the tree's root in the project, or in its share
 * @param inShare whether it is in the project's share, not in its home
 */
public record Site(ProjectId project, TreePath path, boolean inShare) {

    public Site(ProjectId project, TreePath path) {
        this(project, path, false);
    }

    /** The directory that the project owns. */
    public Site top() {
        return new Site(project, TreePath.top(), inShare);
    }

    public TreePath at(byte[] below) {
        return TreePath.ofNames(ByteNames.join(path.toBytes(), below));
    }

    /** A name that the project can change. */
    public ForeignName foreign(byte[] below) {
        return new ForeignName(project, place(below));
    }

    public String place(byte[] below) {
        TreePath at = at(below);
        String whole = inShare ? "the share of project " : "the home directory of project ";
        String part = inShare ? " of the share of project " : " of project ";
        return (at.isTop() ? whole : ByteNames.quoted(at.toBytes()) + part) + project;
    }
}
