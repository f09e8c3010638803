package com.cocalc.storage.testkit.assertj;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.testkit.law.Law;
import com.cocalc.storage.testkit.law.OwnershipLaws;
import com.cocalc.storage.testkit.law.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractPathAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a tree of files, by the laws of {@link OwnershipLaws}, in addition to AssertJ's assertions about
 * paths.
 */
public final class TreeAssert extends AbstractPathAssert<TreeAssert> {

    private static final List<Law> OF_SAFETY = List.of(
            OwnershipLaws.NOT_WRITABLE_FOR_ALL,
            OwnershipLaws.NO_SET_UID,
            OwnershipLaws.NO_LINK_OUT,
            OwnershipLaws.NO_DEVICE,
            OwnershipLaws.TREE_CAN_BE_JUDGED);

    TreeAssert(@Nullable Path actual) {
        super(actual, TreeAssert.class);
    }

    /**
     * Asserts that every entry of the tree, including its root, belongs to a user and a group. Links are not followed.
     *
     * @param uid the user's number
     * @param gid the group's number
     * @return these assertions
     */
    public TreeAssert isOwnedBy(long uid, long gid) {
        PosixIdentity owner = PosixIdentity.of(uid, gid);
        List<Violation> others =
                check(owner, List.of(OwnershipLaws.OWNED_BY_THE_USER, OwnershipLaws.TREE_CAN_BE_JUDGED));
        if (!others.isEmpty()) {
            throw failure("%s", owners(owner, others));
        }
        return this;
    }

    /** Returns the entries of other owners; the expected owner, which is the same for all entries, is named once. */
    private String owners(PosixIdentity owner, List<Violation> others) {
        StringBuilder text = new StringBuilder("expected the tree " + actual + " to be owned by " + owner + ", but "
                + (others.size() == 1 ? "one entry is" : others.size() + " entries are") + " not:");
        others.stream()
                .limit(Broken.SHOWN)
                .forEach(other ->
                        text.append("\n- ").append(other.where()).append(": ").append(other.found()));
        return text + Broken.more(others.size()) + "\nremedy: chown -h " + owner
                + " each of them, or assert the owner that was meant";
    }

    /**
     * Asserts that the tree has none of the entries that a home must not have: entries that every user may write,
     * set-uid programs, links out of the tree, devices.
     *
     * @return these assertions
     */
    public TreeAssert isSafeHome() {
        return require("the tree " + actual + " to be a safe home", PosixIdentity.PROJECT_USER, OF_SAFETY);
    }

    private TreeAssert require(String claim, PosixIdentity owner, List<Law> laws) {
        List<Violation> broken = check(owner, laws);
        if (!broken.isEmpty()) {
            throw failure("%s", Broken.text(claim, broken));
        }
        return this;
    }

    private List<Violation> check(PosixIdentity owner, List<Law> laws) {
        isNotNull();
        try {
            return Broken.of(OwnershipLaws.check(actual, owner), laws);
        } catch (IOException e) {
            AssertionError failure = failure(
                    "%s",
                    "expected the tree " + actual + " to be readable, but reading it failed: " + e
                            + "\nremedy: create it first, or read it through a mount whose user may");
            failure.initCause(e);
            throw failure;
        }
    }
}
