package com.cocalc.storage.files;

import com.cocalc.storage.files.outcome.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a share must show, as plain maps: each path has {@code d}, {@code f} with a file's contents, or {@code l} with a
 * link's text. The empty path is the home, and the top of the share.
 */
final class ShareModel {

    final NavigableMap<String, String> home = new TreeMap<>(Map.of("", "d"));
    final NavigableMap<String, String> share = new TreeMap<>();
    final TreeSet<String> published = new TreeSet<>();

    /** How to publish. */
    record Wish(boolean wholeTree, boolean following, long maxFiles) {}

    /** What a link is replaced by. */
    private record Followed(String link, String place, String text, List<String> chain) {}

    private final Deque<Followed> found = new ArrayDeque<>();

    // Paths.

    static String below(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    static String parent(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    static boolean contains(String above, String path) {
        return above.isEmpty() || path.equals(above) || path.startsWith(above + "/");
    }

    static int depth(String path) {
        return path.isEmpty() ? 0 : path.split("/", -1).length;
    }

    static List<String> children(NavigableMap<String, String> tree, String directory) {
        return tree.keySet().stream()
                .filter(path -> !path.isEmpty() && parent(path).equals(directory))
                .toList();
    }

    static void removeTree(NavigableMap<String, String> tree, String path) {
        tree.keySet().removeIf(entry -> contains(path, entry));
    }

    private static boolean isDirectory(NavigableMap<String, String> tree, String path) {
        return "d".equals(tree.get(path));
    }

    // What others publish.

    private boolean keeps(String self, String path) {
        return published.stream().anyMatch(other -> isKept(self, other) && contains(other, path));
    }

    private boolean reachesInto(String self, String path) {
        return published.stream().anyMatch(other -> isKept(self, other) && contains(path, other));
    }

    private static boolean isKept(String self, String other) {
        return !other.equals(self) && contains(self, other);
    }

    /** Whether a directory of the share may go for something else. */
    private boolean mayGo(String self, String path) {
        return !isDirectory(share, path)
                || share.keySet().stream()
                        .noneMatch(entry -> contains(path, entry) && !entry.equals(path) && keeps(self, entry));
    }

    // Publishing.

    /** The problem that ends it, or null. */
    Problem publish(String path, Wish wish) {
        for (String above = path; !above.isEmpty(); above = parent(above)) {
            String kind = home.get(parent(above));
            if (kind != null && !kind.equals("d")) {
                return Problem.NOT_A_DIRECTORY;
            }
        }
        String source = home.get(path);
        if (source == null) {
            return Problem.SOURCE_MISSING;
        }
        if (count(path, wish.following) > wish.maxFiles) {
            return Problem.TOO_MUCH;
        }
        if (source.startsWith("l")) {
            return Problem.NOT_PUBLISHABLE;
        }
        for (String above = path; !above.isEmpty(); above = parent(above)) {
            if (share.containsKey(parent(above)) && !isDirectory(share, parent(above))) {
                return Problem.NOT_A_DIRECTORY;
            }
        }
        if (share.containsKey(path) && isDirectory(share, path) != source.equals("d")) {
            if (published.stream().anyMatch(other -> isKept(path, other))) {
                return Problem.OTHER_KIND;
            }
            removeTree(share, path);
        }
        for (String above = path; !above.isEmpty(); above = parent(above)) {
            share.put(parent(above), "d");
        }
        int outermost = published.stream()
                .filter(other -> contains(other, path))
                .mapToInt(ShareModel::depth)
                .min()
                .orElse(depth(path));
        copy(path, path, path, path, depth(path) - outermost, wish.following, List.of());
        while (!found.isEmpty()) {
            List<Followed> round = new ArrayList<>(found);
            found.clear();
            round.forEach(link -> follow(path, link));
        }
        published.add(path);
        return null;
    }

    /** Copies what the home has at {@code from} to {@code to}; {@code top} is the root of this copy in the home. */
    private void copy(
            String self, String top, String from, String to, int more, boolean following, List<String> chain) {
        String source = home.get(from);
        if (source.startsWith("l")) {
            copyLink(self, top, from, to, more, following, chain);
        } else if (source.startsWith("f")) {
            replace(self, to, source);
        } else {
            if (!isDirectory(share, to)) {
                share.put(to, "d");
            }
            for (String entry : children(home, from)) {
                String name = entry.substring(entry.lastIndexOf('/') + 1);
                copy(self, top, entry, below(to, name), more, following, chain);
            }
            for (String entry : children(share, to)) {
                if (!home.containsKey(below(from, entry.substring(entry.lastIndexOf('/') + 1)))) {
                    empty(self, entry);
                }
            }
        }
    }

    private void copyLink(
            String self, String top, String from, String to, int more, boolean following, List<String> chain) {
        String text = home.get(from).substring(1);
        int above = depth(from) - depth(top) - 1 + more;
        if (!from.equals(top) && staysInside(text, above)) {
            replace(self, to, home.get(from));
        } else if (following) {
            found.add(new Followed(from, to, text, chain));
        } else if (!keeps(self, to) && mayGo(self, to)) {
            removeTree(share, to);
        }
    }

    private void replace(String self, String to, String what) {
        if (mayGo(self, to)) {
            removeTree(share, to);
            share.put(to, what);
        }
    }

    /** Removes what nobody else publishes; directories go when they are empty. */
    private void empty(String self, String path) {
        if (keeps(self, path)) {
            return;
        }
        children(share, path).forEach(entry -> empty(self, entry));
        if (children(share, path).isEmpty()) {
            share.remove(path);
        }
    }

    private static boolean staysInside(String text, int above) {
        if (text.startsWith("/")) {
            return false;
        }
        int up = 0;
        boolean down = false;
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                up++;
                if (down) {
                    return false;
                }
            } else if (!name.equals(".") && !name.isEmpty()) {
                down = true;
            }
        }
        return up <= above;
    }

    // Links that are followed.

    private void follow(String self, Followed link) {
        String target = resolve(link.link, link.text);
        List<String> chain = new ArrayList<>(link.chain);
        chain.add(link.link);
        if (target == null || chain.stream().anyMatch(followed -> contains(target, followed))) {
            clear(self, link.place);
            return;
        }
        if (share.containsKey(link.place) && isDirectory(share, link.place) != isDirectory(home, target)) {
            clear(self, link.place);
            if (share.containsKey(link.place) && isDirectory(share, link.place) != isDirectory(home, target)) {
                return;
            }
        }
        copy(self, target, target, link.place, 0, true, chain);
    }

    /** As Linux does, but inside the home; null if it leads to nothing. */
    private String resolve(String link, String text) {
        Deque<String> left = new ArrayDeque<>();
        String at = parent(link);
        String next = text;
        for (int links = 0; links < 40; links++) {
            if (next.startsWith("/")) {
                if (!next.equals("/home/user") && !next.startsWith("/home/user/")) {
                    return null;
                }
                at = "";
                next = next.substring("/home/user".length());
            }
            List<String> names = new ArrayList<>(Arrays.asList(next.split("/", -1)));
            for (int i = names.size() - 1; i >= 0; i--) {
                left.push(names.get(i).isEmpty() ? "." : names.get(i));
            }
            next = null;
            while (!left.isEmpty() && next == null) {
                String name = left.pop();
                if (!isDirectory(home, at)) {
                    return null;
                }
                if (name.equals("..")) {
                    if (at.isEmpty()) {
                        return null;
                    }
                    at = parent(at);
                } else if (!name.equals(".")) {
                    String there = home.get(below(at, name));
                    if (there == null) {
                        return null;
                    }
                    if (there.startsWith("l")) {
                        next = there.substring(1);
                    } else {
                        at = below(at, name);
                    }
                }
            }
            if (next == null) {
                return at;
            }
        }
        return null;
    }

    // Limits.

    private long count(String path, boolean following) {
        Deque<Followed> links = new ArrayDeque<>();
        long count = count(path, path, following, List.of(), links);
        while (!links.isEmpty()) {
            Followed link = links.pop();
            String target = resolve(link.link, link.text);
            List<String> chain = new ArrayList<>(link.chain);
            chain.add(link.link);
            if (target != null && chain.stream().noneMatch(followed -> contains(target, followed))) {
                count += count(target, target, true, chain, links) - 1;
            }
        }
        return count;
    }

    private long count(String top, String path, boolean following, List<String> chain, Deque<Followed> links) {
        long count = 0;
        for (Map.Entry<String, String> entry : home.entrySet()) {
            if (contains(path, entry.getKey())) {
                count++;
                String text = entry.getValue().substring(1);
                int above = depth(entry.getKey()) - depth(top) - 1;
                int more = depth(top)
                        - published.stream()
                                .filter(other -> chain.isEmpty() && contains(other, top))
                                .mapToInt(ShareModel::depth)
                                .min()
                                .orElse(depth(top));
                boolean inner = !entry.getKey().equals(top) && staysInside(text, above + more);
                if (following && entry.getValue().startsWith("l") && !inner) {
                    links.add(new Followed(entry.getKey(), "", text, chain));
                }
            }
        }
        return count;
    }

    // Removing.

    void unpublish(String path) {
        if (published.stream().noneMatch(other -> !other.equals(path) && contains(other, path))) {
            boolean there = share.containsKey(path);
            for (String above = path; !above.isEmpty(); above = parent(above)) {
                there &= isDirectory(share, parent(above));
            }
            if (there) {
                clear(path, path);
            }
            for (String above = path; !above.isEmpty(); ) {
                above = parent(above);
                if (share.containsKey(above) && !children(share, above).isEmpty()) {
                    break;
                }
                share.remove(above);
            }
        }
        published.remove(path);
    }

    /** Directories in which others may publish stay. */
    private void clear(String self, String path) {
        if (keeps(self, path)) {
            return;
        }
        if (reachesInto(self, path) && isDirectory(share, path)) {
            children(share, path).forEach(entry -> clear(self, entry));
        } else {
            removeTree(share, path);
        }
    }
}
