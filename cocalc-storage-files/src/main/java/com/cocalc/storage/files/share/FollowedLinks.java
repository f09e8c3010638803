package com.cocalc.storage.files.share;

import com.cocalc.storage.ProjectId;
import com.cocalc.storage.files.copy.CopyOperation;
import com.cocalc.storage.files.copy.CopyOptions;
import com.cocalc.storage.files.copy.LinkRule;
import com.cocalc.storage.files.copy.Tally;
import com.cocalc.storage.files.copy.TreePaths;
import com.cocalc.storage.files.outcome.Problem;
import com.cocalc.storage.files.outcome.SkipReason;
import com.cocalc.storage.files.tree.ByteNames;
import com.cocalc.storage.files.tree.FileState;
import com.cocalc.storage.files.tree.MountedTree;
import com.cocalc.storage.files.tree.OperationException;
import com.cocalc.storage.files.tree.Place;
import com.cocalc.storage.files.tree.Stopwatch;
import com.cocalc.storage.files.tree.TreePath;
import com.cocalc.storage.files.tree.TrustedFiles;
import com.cocalc.storage.files.tree.Way;
import com.cocalc.storage.files.tree.Worker;
import com.cocalc.storage.files.tree.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Publishes, in place of links that lead out of the published tree, what they lead to inside the same home.
 *
 * <p>A link is resolved name by name from the home directory, each name looked up in an open directory. It never leaves
 * the home: an absolute text counts as one of the project's own container, where the home has its own path.
 */
public final class FollowedLinks {

    /** As Linux does. */
    private static final int MOST_LINKS_ON_A_WAY = 40;

    private static final int MOST_FOLLOWED = 10_000;

    private static final int LONGEST_NAME = 255;

    private static final byte[] DOT = {'.'};

    private final SharesView view;
    private final ProjectId project;
    private final CopyOptions options;
    private final Tally tally;
    private final ShareTree tree;
    private final ConcurrentLinkedQueue<Found> found = new ConcurrentLinkedQueue<>();

    /** A link that leads out of the tree. */
    private static final class Found {
        /** Where it is in the home. */
        final TreePath link;
        /** Where it is in the published tree. */
        final TreePath below;
        /** What it says. */
        final byte[] text;
        /** The links that were followed to come here. */
        final List<TreePath> chain;

        Found(TreePath link, TreePath below, byte[] text, List<TreePath> chain) {
            this.link = link;
            this.below = below;
            this.text = text;
            this.chain = chain;
        }
    }

    /** What a link leads to. */
    private record Target(TreePath path, boolean directory) {}

    /**
     * Creates the links of one publication.
     *
     * @param options of the publication
     * @param tree the published tree
     */
    FollowedLinks(SharesView view, ProjectId project, CopyOptions options, Tally tally, ShareTree tree) {
        this.view = view;
        this.project = project;
        this.options = options;
        this.tally = tally;
        this.tree = tree;
    }

    /** The options of the publication with a rule that finds the links to follow. */
    CopyOptions ruling(TreePath source) {
        CopyOptions.Builder builder = options.toBuilder();
        builder.linkRule = rule(builder.linkRule, source, TreePath.top(), List.of());
        return builder.build();
    }

    /** The rule for the links of a tree of the home that is copied to a place in the published tree. */
    private LinkRule rule(LinkRule inner, TreePath source, TreePath below, List<TreePath> chain) {
        return (worker, link, text) -> {
            if (inner.decide(worker, link, text) == LinkRule.Decision.KEEP) {
                return LinkRule.Decision.KEEP;
            }
            TreePath name = TreePath.ofNames(link);
            found.add(new Found(source.resolve(name), below.resolve(name), text, chain));
            return LinkRule.Decision.LATER;
        };
    }

    /**
     * Copies what the links lead to, and what the links in there lead to.
     *
     * @param wanted called before each link, ends this with an exception
     */
    void copyAll(Runnable wanted) throws IOException {
        int followed = 0;
        while (!found.isEmpty()) {
            List<Found> round = new ArrayList<>();
            for (Found next = found.poll(); next != null; next = found.poll()) {
                round.add(next);
            }
            round.sort(Comparator.comparing((Found next) -> next.below));
            for (Found next : round) {
                wanted.run();
                SkipReason reason = ++followed > MOST_FOLLOWED ? SkipReason.TOO_MANY_LINKS : follow(next);
                if (reason != null) {
                    tally.skip(next.link, reason);
                    if (reason != SkipReason.UNREADABLE) { // as with a file, visitors keep what they see
                        clear(next.below);
                    }
                }
            }
        }
    }

    /** Null if what the link leads to has been copied. */
    private @Nullable SkipReason follow(Found link) throws IOException {
        List<@Nullable Target> result = new ArrayList<>();
        try {
            new Workers(1, view.means().openLimit(), new Stopwatch())
                    .run(worker -> result.add(resolve(worker, link)), () -> {});
        } catch (AccessDeniedException e) {
            return SkipReason.UNREADABLE;
        }
        Target target = result.get(0);
        if (target == null) {
            return SkipReason.LINK_LEADS_OUT;
        }
        List<TreePath> chain = new ArrayList<>(link.chain);
        chain.add(link.link);
        if (chain.stream().anyMatch(target.path::contains)) {
            return SkipReason.LINK_LOOPS;
        }
        Path place = tree.path(link.below);
        if (isOfOtherKind(place, target)) {
            clear(link.below);
            if (isOfOtherKind(place, target)) {
                return SkipReason.IN_THE_WAY;
            }
        }
        CopyOptions.Builder inside = options.toBuilder();
        inside.linkRule = rule(new InnerLinks(0), target.path, link.below, List.copyOf(chain));
        inside.kept = options.kept.below(link.below);
        copy(target.path, tree.place(link.below, link.link), inside.build(), place.getParent());
        return null;
    }

    private static boolean isOfOtherKind(Path place, Target target) throws IOException {
        return TrustedFiles.exists(place) && TrustedFiles.isDirectory(place) != target.directory;
    }

    /** The directory of the link is complete, and may have got a mode that lets nobody add to it. */
    private void copy(TreePath source, Place target, CopyOptions inside, @Nullable Path above) throws IOException {
        Set<PosixFilePermission> mode = above == null || options.dryRun ? null : TrustedFiles.makeWritable(above);
        tally.discountLink();
        new CopyOperation(view.source(project, source), target, inside, view.means(), tally).run();
        if (above != null && !options.dryRun) {
            if (mode != null) {
                Files.setPosixFilePermissions(above, mode);
            }
            TrustedFiles.force(above);
        }
    }

    private void clear(TreePath below) throws IOException {
        tree.clear(below, options.kept.below(below));
    }

    /** Null if the link leads to nothing, out of the home, in circles, or to a FIFO. */
    private @Nullable Target resolve(Worker worker, Found link) throws IOException {
        Deque<byte[]> left = new ArrayDeque<>();
        List<byte[]> at = new ArrayList<>(link.link.names());
        at.remove(at.size() - 1);
        byte[] text = link.text;
        for (int links = 0; text != null && links < MOST_LINKS_ON_A_WAY; links++) {
            if (!push(text, at, left)) {
                return null;
            }
            text = null;
            while (!left.isEmpty() && text == null) {
                byte[] name = left.pop();
                if (Arrays.equals(name, DOT)) {
                    continue;
                }
                if (Arrays.equals(name, new byte[] {'.', '.'})) {
                    if (at.isEmpty()) {
                        return null;
                    }
                    at.remove(at.size() - 1);
                    continue;
                }
                Step step = step(worker, at, name);
                if (step == null || (step.isFile && !left.isEmpty())) {
                    return null;
                }
                text = step.text;
                if (text == null) {
                    at.add(name);
                }
                if (step.isFile) {
                    return new Target(path(at), false);
                }
            }
        }
        return text == null ? new Target(path(at), true) : null;
    }

    /** Puts the names of a link's text before those that are left; false if it leads out of the home. */
    private boolean push(byte[] text, List<byte[]> at, Deque<byte[]> left) {
        byte[] relative = text;
        if (text.length > 0 && text[0] == '/') {
            byte[] home = view.service().config().homePath().toString().getBytes(StandardCharsets.UTF_8);
            boolean inside = text.length >= home.length
                    && Arrays.equals(text, 0, home.length, home, 0, home.length)
                    && (text.length == home.length || text[home.length] == '/');
            if (!inside) {
                return false;
            }
            at.clear();
            relative = Arrays.copyOfRange(text, home.length, text.length);
        }
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= relative.length; i++) {
            if (i == relative.length || relative[i] == '/') {
                byte[] name = Arrays.copyOfRange(relative, start, i);
                if (name.length > 0 && !Arrays.equals(name, DOT)) {
                    names.add(name);
                } else if (i == relative.length) {
                    // A slash or a dot at the end: what is before it must be a directory.
                    names.add(DOT);
                }
                start = i + 1;
            }
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            left.push(names.get(i));
        }
        return true;
    }

    /** What one name is: a link with its text, a file, or a directory. */
    private static final class Step {
        final byte @Nullable [] text;
        final boolean isFile;

        Step(byte @Nullable [] text, boolean isFile) {
            this.text = text;
            this.isFile = isFile;
        }
    }

    private @Nullable Step step(Worker worker, List<byte[]> at, byte[] name) throws IOException {
        if (name.length > LONGEST_NAME) {
            return null;
        }
        Place directory = view.source(project, path(at));
        MountedTree tree = directory.tree();
        try (Way way = tree.open(worker, directory.way(), directory::foreign, directory.firstMade(), null)) {
            if (way == null) {
                return null;
            }
            Path asPath = tree.names().of(name);
            FileState state = way.directory().find(asPath);
            if (state == null || state.kind() == FileState.Kind.SPECIAL) {
                return null;
            }
            if (state.kind() != FileState.Kind.LINK) {
                return new Step(null, state.isFile());
            }
            Path text = TreePaths.read(way, tree.names(), asPath, state.key());
            return text == null ? null : new Step(tree.names().textBytes(text), false);
        } catch (OperationException e) {
            if (e.problem() == Problem.NOT_A_DIRECTORY) {
                // The owner has changed the way since.
                return null;
            }
            throw e;
        }
    }

    private static TreePath path(List<byte[]> names) {
        byte[] path = new byte[0];
        for (byte[] name : names) {
            path = ByteNames.join(path, name);
        }
        return TreePath.ofNames(path);
    }
}
