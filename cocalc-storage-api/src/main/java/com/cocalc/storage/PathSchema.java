package com.cocalc.storage;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.text.CanonicalUuid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of the projects' directories on a claim: a relative path in which one element is {@code [project_id]}.
 *
 * <p>Different projects get different directories, and none is inside another.
 *
 * <pre>{@code
 * PathSchema schema = PathSchema.parse("shares/[project_id]");
 * SubPath share = schema.resolve(ProjectId.parse("6f1b0c3e-2f5d-4c8e-9a53-0d6f0f1f9b11"));
 * Optional<ProjectId> project = schema.match(share);
 * }</pre>
 */
public final class PathSchema {

    /** The placeholder for the id of a project. */
    public static final String PLACEHOLDER = "[project_id]";

    private static final int ID_LENGTH = 36;

    private final String before;
    private final String after;

    private PathSchema(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Parses a schema.
     *
     * @param text for example {@code shares/[project_id]} or {@code public/[project_id]/files}
     * @return the schema
     * @throws InvalidValueException if it has not exactly one element {@code [project_id]}, another placeholder, a
     *     leading {@code /}, or anything else that {@link SubPath} refuses
     */
    public static PathSchema parse(String text) {
        requireNonNull(text, "path schema");
        if (text.startsWith("/")) {
            throw refused("start without '/'", text, "remove it, the path is relative to the claim");
        }
        int at = -1;
        int start = 0;
        for (String element : text.split("/", -1)) {
            if (element.equals(PLACEHOLDER)) {
                if (at >= 0) {
                    throw refused("have " + PLACEHOLDER + " once", text, "remove one of the two");
                }
                at = start;
            } else if (element.contains(PLACEHOLDER)) {
                throw refused(
                        "have " + PLACEHOLDER + " as a whole element",
                        text,
                        "write '/' before and after the placeholder");
            } else if (element.indexOf('[') >= 0 || element.indexOf(']') >= 0) {
                throw refused(
                        "have no placeholder but " + PLACEHOLDER,
                        text,
                        "write " + PLACEHOLDER
                                + " where the id belongs, and no other '[' or ']'; only the project's id is known");
            }
            start += element.length() + 1;
        }
        if (at < 0) {
            throw refused("have the element " + PLACEHOLDER, text, "add it, or all projects would share one directory");
        }
        PathSchema schema = new PathSchema(text.substring(0, at), text.substring(at + PLACEHOLDER.length()));
        schema.requireClean(text);
        return schema;
    }

    /**
     * Checks the directories of the projects, with an id of zeros, as all ids have the same length and kind of
     * characters.
     */
    private void requireClean(String text) {
        try {
            SubPath.parse(before + "0".repeat(ID_LENGTH) + after);
        } catch (InvalidValueException e) {
            throw refused(e.rule(), text, e.remedy());
        }
    }

    private static InvalidValueException refused(String rule, String text, String remedy) {
        return InvalidValueException.of("path schema", rule, MessageText.quoted(text), remedy);
    }

    /**
     * Returns the directory of a project.
     *
     * @param project the project
     * @return the schema with the id, in lower case, in place of the placeholder
     */
    public SubPath resolve(ProjectId project) {
        return SubPath.ofClean(before.concat(project.toString()).concat(after));
    }

    /**
     * Returns the project whose directory this is: the inverse of {@link #resolve}. A path below or above a project's
     * directory, or one with an id in capitals, belongs to no project.
     *
     * @param path a path on the claim
     * @return the project, if this is exactly its directory
     */
    public Optional<ProjectId> match(SubPath path) {
        String text = path.toString();
        if (text.length() != before.length() + ID_LENGTH + after.length()
                || !text.startsWith(before)
                || !text.endsWith(after)) {
            return Optional.empty();
        }
        String id = text.substring(before.length(), before.length() + ID_LENGTH);
        if (!CanonicalUuid.isCanonical(id)) {
            return Optional.empty();
        }
        ProjectId project = ProjectId.parse(id);
        return project.toString().equals(id) ? Optional.of(project) : Optional.empty();
    }

    /**
     * {@return the directory that contains the directories of all projects and nothing else of CoCalc: the elements
     * before the placeholder, or the whole claim if there are none}
     */
    public ClaimPart prefix() {
        return before.isEmpty() ? WholeClaim.WHOLE_CLAIM : SubPath.ofClean(before.substring(0, before.length() - 1));
    }

    /** {@return the schema as seen from its prefix, which starts with the placeholder} */
    public PathSchema behindPrefix() {
        return before.isEmpty() ? this : new PathSchema("", after);
    }

    /**
     * Returns whether a directory of this schema can equal, contain or be inside one of the other, on the same claim.
     *
     * @param other the other schema
     * @return whether the prefixes are equal, one is inside the other, or one is missing
     */
    public boolean meets(PathSchema other) {
        requireNonNull(other, "other");
        return !(prefix() instanceof SubPath here)
                || !(other.prefix() instanceof SubPath there)
                || here.contains(there)
                || there.contains(here);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathSchema that && before.equals(that.before) && after.equals(that.after);
    }

    @Override
    public int hashCode() {
        return 31 * before.hashCode() + after.hashCode();
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return before + PLACEHOLDER + after;
    }
}
