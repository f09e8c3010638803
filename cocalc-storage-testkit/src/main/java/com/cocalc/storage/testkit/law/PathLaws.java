package com.cocalc.storage.testkit.law;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.PathSchema;
import com.cocalc.storage.ProjectId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Laws about the directories of projects on a claim.
 *
 * <p>A layout is a function from the text of a project id to a sub-path, which the program under test implements. The
 * laws use the path schema as text and replace its placeholder themselves.
 */
public final class PathLaws {

    /** A home must be the directory of the path schema. */
    public static final Law HOME_IS_RESOLVED = new Law(
            "home-is-resolved",
            "the sub-path of a home is the projects schema with the lower-case id in place of [project_id]",
            "mount projectsSchema.resolve(id)");

    /** Two projects must not share a directory. */
    public static final Law HOMES_ARE_APART = new Law(
            "homes-are-apart",
            "two ids never share a directory, and no id's sub-path is a prefix of another's",
            "use the whole id, between slashes");

    /** An id in upper case must mean the same directory. */
    public static final Law LETTER_CASE_IS_ONE = new Law(
            "letter-case-is-one",
            "an id in upper case means the directory of the same id in lower case",
            "fold ids to lower case before they are part of a path");

    /** A sub-path must mean what it says, although Kubernetes accepts others. */
    public static final Law SUB_PATH_IS_CLEAN = new Law(
            "sub-path-is-clean",
            "no sub-path is empty or absolute, has '..', '.', '//', '\\' or NUL, or ends in '/'",
            "write names joined by single '/'");

    private PathLaws() {}

    /** {@return the laws about paths, in the order of {@code docs/laws.md}} */
    public static List<Law> all() {
        return List.of(HOME_IS_RESOLVED, HOMES_ARE_APART, LETTER_CASE_IS_ONE, SUB_PATH_IS_CLEAN);
    }

    /**
     * Judges a layout by the directories that it gives to some projects.
     *
     * @param schema the schema of the installation
     * @param layout the function from the text of an id to a sub-path
     * @param projects the projects to check, preferably with similar ids
     * @return the violations, for each project in turn
     */
    public static List<Violation> check(
            PathSchema schema, UnaryOperator<String> layout, Collection<ProjectId> projects) {
        requireNonNull(layout, "layout");
        Violations violations = new Violations();
        NavigableMap<String, ProjectId> places = new TreeMap<>();
        Set<ProjectId> seen = new HashSet<>();
        for (ProjectId project : projects) {
            if (seen.add(project)) {
                String place = layout.apply(project.uuid().toString());
                checkHome(schema, project, place, violations);
                checkApart(project, place, places, violations);
                checkCase(project, place, layout, violations);
                places.putIfAbsent(place, project);
            }
        }
        return violations.list();
    }

    private static void checkHome(PathSchema schema, ProjectId project, String place, Violations violations) {
        String expected = homeOf(schema, project);
        if (!place.equals(expected)) {
            violations.add(HOME_IS_RESOLVED, where(project), Printed.of(place), Printed.of(expected));
        }
        violations.addAll(checkSubPath(where(project), place));
    }

    /** Checks a directory against the previous ones, of which one may be its prefix or the reverse. */
    private static void checkApart(
            ProjectId project, String place, NavigableMap<String, ProjectId> places, Violations violations) {
        for (int end = 0; end <= place.length(); end++) {
            ProjectId other = places.get(place.substring(0, end));
            if (other != null) {
                addNotApart(project, place, other, place.substring(0, end), violations);
            }
        }
        places.tailMap(place, false).entrySet().stream()
                .takeWhile(other -> other.getKey().startsWith(place))
                .forEach(other -> addNotApart(project, place, other.getValue(), other.getKey(), violations));
    }

    private static void addNotApart(
            ProjectId project, String place, ProjectId other, String otherPlace, Violations violations) {
        violations.add(
                HOMES_ARE_APART,
                where(project),
                Printed.of(place) + " beside " + Printed.of(otherPlace) + " of project " + other,
                "a directory of its own");
    }

    private static void checkCase(
            ProjectId project, String place, UnaryOperator<String> layout, Violations violations) {
        String upper = layout.apply(project.uuid().toString().toUpperCase(Locale.ROOT));
        if (!upper.equals(place)) {
            violations.add(LETTER_CASE_IS_ONE, where(project) + " in upper case", Printed.of(upper), Printed.of(place));
        }
    }

    private static String where(ProjectId project) {
        return "project " + project;
    }

    /**
     * Judges the form of a sub-path.
     *
     * @param where the name of the place for the report
     * @param subPath the text
     * @return a violation, or an empty list
     */
    public static List<Violation> checkSubPath(String where, String subPath) {
        requireNonNull(where, "where");
        requireNonNull(subPath, "subPath");
        return isClean(subPath)
                ? List.of()
                : List.of(new Violation(SUB_PATH_IS_CLEAN, where, Printed.of(subPath), "names joined by single '/'"));
    }

    static boolean isClean(String subPath) {
        int start = 0;
        for (int i = 0; i <= subPath.length(); i++) {
            char c = i == subPath.length() ? '/' : subPath.charAt(i);
            if (c == '\\' || c == '\0') {
                return false;
            }
            if (c == '/') {
                int length = i - start;
                if (length == 0 || (length == 1 && subPath.startsWith(".", start))) {
                    return false;
                }
                if (length == 2 && subPath.startsWith("..", start)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    /** Returns the home by replacing text, in another way than the code that is judged. */
    static String homeOf(PathSchema schema, ProjectId project) {
        return schema.toString().replace(PathSchema.PLACEHOLDER, project.uuid().toString());
    }
}
