package com.cocalc.storage.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.rwx.RwxVolume;
import java.util.List;
import net.jqwik.api.Arbitrary;

/**
 * Directories, files and links as users create them: deep, wide, with odd modes and owners, with files of several
 * names, with links that lead out of the tree, nowhere or to themselves, and with names such as {@code -rf}, names with
 * line breaks and names that are not UTF-8.
 *
 * <p>A tree is text, as {@link RwxVolume#tree()} prints it, and shrinks to few entries with plain names and common
 * modes.
 */
public final class DirectoryTree {

    private final List<String> lines;

    DirectoryTree(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** {@return an arbitrary of trees with up to some hundred entries, mostly a few; the simplest tree is empty} */
    public static Arbitrary<DirectoryTree> arbitrary() {
        return new DrawnArbitrary<>(Trees::tree);
    }

    /** {@return the entries, parents before their children, as lines for {@link RwxVolume#populate(String)}} */
    public List<String> lines() {
        return lines;
    }

    /**
     * Creates the tree in a volume, as root, with all modes and owners.
     *
     * @param volume a volume where none of the names exist
     * @throws IllegalArgumentException if one of the names exists or the volume is full
     */
    public void buildOn(RwxVolume volume) {
        requireNonNull(volume, "volume").populate(toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryTree tree && tree.lines.equals(lines);
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    /** Returns the lines, each with a line break. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
