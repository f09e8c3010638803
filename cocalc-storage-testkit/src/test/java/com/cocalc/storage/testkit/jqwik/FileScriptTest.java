package com.cocalc.storage.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.rwx.Mount;
import com.cocalc.storage.rwx.RwxVolume;
import com.cocalc.storage.testkit.jqwik.FileOperation.Append;
import com.cocalc.storage.testkit.jqwik.FileOperation.ChangeMode;
import com.cocalc.storage.testkit.jqwik.FileOperation.Create;
import com.cocalc.storage.testkit.jqwik.FileOperation.Delete;
import com.cocalc.storage.testkit.jqwik.FileOperation.HardLink;
import com.cocalc.storage.testkit.jqwik.FileOperation.ListNames;
import com.cocalc.storage.testkit.jqwik.FileOperation.Look;
import com.cocalc.storage.testkit.jqwik.FileOperation.MakeDirectory;
import com.cocalc.storage.testkit.jqwik.FileOperation.Read;
import com.cocalc.storage.testkit.jqwik.FileOperation.Rename;
import com.cocalc.storage.testkit.jqwik.FileOperation.SymbolicLink;
import com.cocalc.storage.testkit.jqwik.FileOperation.Write;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of file operations. */
@Domain(CocalcStorageDomain.class)
final class FileScriptTest {

    private static Path freshRoot() {
        return RwxVolume.builder()
                .rootMode(0777)
                .build()
                .mount(Mount.as(PosixIdentity.PROJECT_USER))
                .getPath("/");
    }

    private static final FileScript EACH = new FileScript(List.of(
            new MakeDirectory("d"),
            new Write("d/f", "hello"),
            new Append("d/f", "\n"),
            new Read("d/f"),
            new Create("d/f"),
            new HardLink("d/f", "g"),
            new SymbolicLink("d", "l"),
            new ListNames("l"),
            new Look("l"),
            new Look("g"),
            new Look("d"),
            new Rename("g", "-rf"),
            new ChangeMode("-rf", "r--------"),
            new Delete("d"),
            new Delete("nothing")));

    @Test
    void eachStepTellsWhatCameOfIt() {
        assertThat(EACH.runIn(freshRoot()))
                .containsExactly(
                        "ok",
                        "ok",
                        "ok",
                        "\"hello\\n\"",
                        "FileAlreadyExistsException",
                        "ok",
                        "ok",
                        "[\"f\"]",
                        "link",
                        "file of 6",
                        "directory",
                        "ok",
                        "ok",
                        "DirectoryNotEmptyException",
                        "NoSuchFileException");
    }

    @Test
    void aDirectoryOfThisMachineAnswersAlike(@TempDir Path directory) {
        assertThat(EACH.runIn(directory)).isEqualTo(EACH.runIn(freshRoot()));
    }

    @Test
    void aScriptReadsAsLines() {
        assertThat(EACH).hasToString("""
                        mkdir "d"
                        write "d/f" "hello"
                        append "d/f" "\\n"
                        read "d/f"
                        create "d/f"
                        link "d/f" "g"
                        symlink "d" "l"
                        list "l"
                        look "l"
                        look "g"
                        look "d"
                        rename "g" "-rf"
                        chmod r-------- "-rf"
                        delete "d"
                        delete "nothing\"""");
    }

    @Property
    void aScriptRunsToItsEndAndAlikeEachTime(@ForAll FileScript script) {
        List<String> outcomes = script.runIn(freshRoot());

        assertThat(outcomes).hasSameSizeAs(script.operations()).isEqualTo(script.runIn(freshRoot()));
    }

    @Test
    void mostStepsDoSomethingAndAllKindsAppear() {
        List<FileScript> scripts = Samples.of(FileScript.arbitrary(), 2000).toList();
        List<String> outcomes = scripts.stream()
                .flatMap(script -> script.runIn(freshRoot()).stream())
                .toList();
        long failed = outcomes.stream()
                .filter(outcome -> outcome.contains("Exception"))
                .count();
        Set<Class<?>> kinds = scripts.stream()
                .flatMap(script -> script.operations().stream())
                .map(Object::getClass)
                .collect(Collectors.toSet());

        assertThat(failed).isBetween(outcomes.size() / 10L, outcomes.size() * 6L / 10);
        assertThat(kinds).hasSize(FileOperation.class.getPermittedSubclasses().length);
        assertThat(scripts).anyMatch(script -> script.operations().size() > 20);
    }
}
