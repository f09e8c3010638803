package com.cocalc.storage.helm;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.MessageText;
import com.cocalc.storage.StorageConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * The storage settings in the {@code values.yaml} of CoCalc's Helm chart.
 *
 * <p>These keys are read; an absent key keeps the chart's default:
 *
 * <ul>
 *   <li>{@code global.storage.data.claimName}, {@code global.storage.software.claimName} and
 *       {@code global.storage.shares.claimName} (texts)
 *   <li>{@code global.shared_files_path} (a text with {@code [project_id]})
 *   <li>{@code storage.create} (a boolean), {@code storage.class} (a text), {@code storage.size.data} and
 *       {@code storage.size.software} (quantities, as text or number); class and sizes are checked, though not used,
 *       where {@code create} is false
 *   <li>{@code manage.project.fixPermissionsInit} (a boolean)
 * </ul>
 *
 * <p>{@code null} (also {@code ~} and no value at all) is not the same as an absent key. {@code helm template} removes
 * the chart's default of a key that is {@code null} in the merged files, and a template then finds no value:
 *
 * <ul>
 *   <li>{@code storage.create} and {@code manage.project.fixPermissionsInit} are then false;
 *   <li>{@code global.storage.shares}, its {@code claimName} and {@code global.shared_files_path} have no default in
 *       the chart, so {@code null} is the same as absent; so are {@code storage.class} and {@code storage.size} where
 *       the chart creates no claims;
 *   <li>the other keys are refused, because a claim would have no name or no size;
 *   <li>a map that is {@code null} loses all defaults below it: it is refused where one of them is needed.
 * </ul>
 *
 * <p>Everything else is ignored, with these exceptions. Other keys are refused at and below {@code global.storage} and
 * {@code storage}. At the root, in {@code global}, {@code manage} and {@code manage.project} no key may be one of the
 * above in another spelling (capitals, {@code snake_case}, {@code kebab-case}, {@code camelCase}, a path in one name),
 * within two edits of one that is absent, within one edit of one that is there (the plural of it excepted, unless it
 * holds the same keys), or one that belongs elsewhere. {@code fixPermissionsInit}, {@code shared_files_path} and a
 * {@code global} or {@code storage} with names of claims are also found at any other place, in lists as well. Each of
 * these mistakes would otherwise leave the default without a message.
 *
 * <p>YAML is read as Helm reads it: booleans are also {@code yes}, {@code no}, {@code on}, {@code off}, {@code y} and
 * {@code n} without quotes (a quoted one is a text); {@code 010}, {@code 0o17} and {@code 0x1f} are numbers, dates and
 * {@code 1:30} are texts; anchors, aliases and merge keys work, tags create nothing. A file that Helm does not read is
 * refused, wherever the cause is: a key that is {@code null}, a list or a map; an infinite number; a tag that does not
 * fit its value; a colon without a blank as in {@code {a:[b]}}. Stricter than Helm: a size that is a number with
 * leading zeros, underscores or of another base than ten, or with more digits than Helm keeps, is refused with the
 * number that Helm reads, a key that occurs twice in a map with keys of the above is refused, and so is a second
 * document in a file, a tag that changes the type of a value that is read, a tab behind a tag or behind the sign of a
 * block of text, and a key before a merge key that brings it as well: YAML takes the key, Helm the merged one.
 *
 * <p>A file may be 4 MiB long and 100 levels deep; aliases may not expand to more than a million values, and at most
 * 150,000 keys and values may be about storage, beside it, or have anchors. Lines end with LF, CR or both, as in an
 * editor. For each file the first 100 problems are reported, and the number of the others.
 *
 * <pre>{@code
 * StorageConfig config = HelmValues.read(Path.of("my-values.yaml")).storage();
 * }</pre>
 */
public final class HelmValues {

    private final StorageConfig storage;

    private HelmValues(StorageConfig storage) {
        this.storage = storage;
    }

    /**
     * Reads a values file.
     *
     * @param file YAML in UTF-8, with or without a byte order mark
     * @return its values
     * @throws HelmValuesException if the file cannot be read or has problems; it lists all of them
     */
    public static HelmValues read(Path file) {
        return read(List.of(file));
    }

    /**
     * Reads files as {@code helm -f first.yaml -f second.yaml} does: a later value wins, and maps are merged key by
     * key. {@code null} is a value like others here: a later file's {@code null} replaces the values of earlier files
     * and removes the chart's default, unless a still later file has a value. If that value is a map, the chart's
     * defaults below it apply again, but the values of the earlier files do not.
     *
     * @param files YAML in UTF-8, in order; an empty list is an installation with the chart's defaults
     * @return the merged values
     * @throws HelmValuesException if there are problems; it lists all of them, each with the file that the value came
     *     from
     */
    public static HelmValues read(List<Path> files) {
        Problems problems = new Problems();
        Layers layers = new Layers(problems);
        for (Path file : List.copyOf(files)) {
            String name = MessageText.whole(file.toString());
            problems.nextFile();
            String text = ValuesFile.read(file, name, problems);
            if (text != null) {
                layers.add(text, name);
            }
        }
        return of(layers, problems);
    }

    /**
     * Parses values.
     *
     * @param text YAML
     * @param name the name of the text in errors, for example {@code my-values.yaml}
     * @return its values
     * @throws HelmValuesException if there are problems; it lists all of them
     */
    public static HelmValues parse(String text, String name) {
        requireNonNull(text, "text");
        requireNonNull(name, "name");
        Problems problems = new Problems();
        Layers layers = new Layers(problems);
        layers.add(text, MessageText.whole(name));
        return of(layers, problems);
    }

    private static HelmValues of(Layers layers, Problems problems) {
        StorageConfig storage = StorageReader.read(layers.merged(), problems);
        problems.throwIfAny();
        return new HelmValues(storage);
    }

    /** {@return the configuration of storage: the settings of these values, with defaults for absent keys} */
    public StorageConfig storage() {
        return storage;
    }

    /** Returns the settings in words. */
    @Override
    public String toString() {
        return "HelmValues[" + storage + "]";
    }
}
