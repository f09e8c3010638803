package com.cocalc.storage.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of init containers do what GNU's do: same exit code, same words, same files. */
class GnuComparisonTest {

    /** No link leads out: the real tools run as root. */
    static final String TREE = """
            0755 0:0 - /
            0755 2001:2001 - home/
            0644 2001:2001 "hello" home/file
            0600 0:0 "root" home/secret
            4755 2001:2001 "x" home/setuid
            2775 2001:2001 - home/shared/
            0664 0:2001 "s" home/shared/s
            0700 1000:1000 - home/closed/
            0644 1000:1000 "in" home/closed/in
            0777 0:0 - home/link -> file
            0777 0:0 - home/dirlink -> shared
            0777 0:0 - home/dangling -> nowhere
            0644 0:0 "odd" home/-rf
            1777 0:0 - tmp/
            0644 1000:1000 "" tmp/of-1000
            0755 0:0 - empty/
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void theToolsAreThere() throws IOException, InterruptedException {
        assumeTrue(GnuTools.areThere(), "needs root, and GNU's coreutils and findutils");
    }

    private void compare(int uid, List<String> argv) throws IOException, InterruptedException {
        SoftAssertions only = new SoftAssertions();
        compare(uid, argv, only);
        only.assertAll();
    }

    private void compare(int uid, List<String> argv, SoftAssertions assertions)
            throws IOException, InterruptedException {
        GnuTools.Result real = GnuTools.real(TREE, uid, argv, directory);
        GnuTools.Result fake = GnuTools.fake(TREE, uid, argv);

        assertions
                .assertThat(fake.toString())
                .as("as " + uid + ": " + String.join(" ", argv))
                .isEqualTo(real.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What this project's init containers and jobs run.
                "find home -xdev ( ! -user 2001 -o ! -group 2001 ) -exec chown -h 2001:2001 {} +",
                "find home -maxdepth 0 ! -user 2001 -exec chown 2001:2001 {} ;",
                "chown 2001:2001 home/.",
                "chmod u+rwx home/. home/shared",
                // chown
                "chown 2001 home",
                "chown :2001 home/secret",
                "chown 2001:100 home/setuid",
                "chown root:root home/file",
                "chown 0:0 home/link",
                "chown -h 1000:1000 home/link",
                "chown 1000 home/dangling",
                "chown -h 1000 home/dangling",
                "chown -R 2001:2001 home",
                "chown -R 2001:2001 home/",
                "chown -R 2001:2001 home/dirlink",
                "chown -R 2001:2001 home/dirlink/",
                "chown -R -H 1000:1000 home/dirlink",
                "chown -R -L 1000:1000 home",
                "chown -R -P 1000:1000 home",
                "chown -Rh 1000 home",
                "chown 2001 missing",
                "chown -f 2001 missing",
                "chown 2001",
                "chown",
                "chown nobody-of-this-name home",
                "chown : home",
                "chown 2001. home",
                "chown +2001 home",
                "chown -- 2001 home/-rf",
                "chown 2001 -- home/-rf",
                "chown --recursive 2001 home",
                "chown --no-dereference 2001 home/link",
                "chown --rec 2001 home",
                "chown --nonsense 2001 home",
                "chown -z 2001 home",
                "chown -v 2001:2001 home/file home/secret",
                "chown -c 2001:2001 home/file home/secret",
                "chown 4294967294 home/file",
                "chown 4294967296 home/file",
                "chown -1 home/file",
                "chown -v 2001 missing home/file",
                "chown -v :2001 home/secret missing",
                // chmod
                "chmod 0700 home",
                "chmod 755 home/setuid",
                "chmod 0755 home/shared",
                "chmod 00755 home/shared",
                "chmod 2755 home/shared",
                "chmod u=rwx,go=rx home/shared",
                "chmod g-s home/shared",
                "chmod =r home/file",
                "chmod +x home/file",
                "chmod -x home/setuid",
                "chmod -w home/file",
                "chmod a-w,u+s home/file",
                "chmod o+t home/shared",
                "chmod +t home/shared",
                "chmod u+t home/shared",
                "chmod go= home/file",
                "chmod g=u home/file",
                "chmod g=u-w,o=g home/file",
                "chmod -R g+w home",
                "chmod -R u+rwX,go+rX home",
                "chmod -R a+X home",
                "chmod 0600 home/link",
                "chmod 0600 home/dangling",
                "chmod -R 0700 home/dirlink",
                "chmod -R 0700 home/dirlink/",
                "chmod 8 home",
                "chmod 77777 home",
                "chmod 17777 home",
                "chmod u+q home",
                "chmod , home",
                "chmod u home",
                "chmod '' home",
                "chmod 0700 missing home",
                "chmod -f 0700 missing",
                "chmod 0700",
                "chmod",
                "chmod -- -w home/file",
                "chmod -v 0644 home/file home/secret",
                "chmod -c 0644 home/file home/secret",
                "chmod 0644 -- home/-rf",
                // mkdir
                "mkdir a b",
                "mkdir home",
                "mkdir a/b",
                "mkdir -p a/b/c",
                "mkdir -p home/file/x",
                "mkdir -p home/file",
                "mkdir -p home/dangling",
                "mkdir -p home/dirlink/x",
                "mkdir home/dangling",
                "mkdir -m 0700 a",
                "mkdir -m 2775 a",
                "mkdir -m u=rwx,go= a",
                "mkdir -p -m 0700 a/b",
                "mkdir -m 0700 -p a/b home",
                "mkdir -pm 0700 a",
                "mkdir --mode=0700 a",
                "mkdir --parents a/b",
                "mkdir -m 9 a",
                "mkdir -m",
                "mkdir",
                "mkdir -v a",
                "mkdir -pv a/b",
                "mkdir home/shared/x",
                "mkdir -p home/shared/x/y",
                "mkdir a/",
                "mkdir ./a/.",
                "mkdir -p ./a/.",
                "mkdir ''",
                "mkdir -- -x",
                // cp
                "cp home/file a",
                "cp home/file tmp home/file",
                "cp -r home/shared tmp",
                "cp -T home/file home/secret a",
                "cp -a home/setuid home/shared tmp",
                "cp -p home/setuid home/file tmp",
                "cp -rv home/shared tmp",
                "cp home/file empty",
                "cp home/file empty/",
                "cp home/file missing/",
                "cp home/file home/secret empty",
                "cp home/file home/secret a",
                "cp home empty",
                "cp -r home empty",
                "cp -r home a",
                "cp -r home a/",
                "cp -R home/. empty",
                "cp -r home/. a",
                "cp -a home empty",
                "cp -a home/. empty",
                "cp -p home/setuid a",
                "cp home/setuid a",
                "cp home/link a",
                "cp -P home/link a",
                "cp -d home/link a",
                "cp -r home/link a",
                "cp -rL home/shared a",
                "cp home/dangling a",
                "cp -r home/dangling a",
                "cp home/file home/dangling",
                "cp home/file home/link",
                "cp home/file home/file",
                "cp home/file home",
                "cp home/file home/secret",
                "cp -n home/file home/secret",
                "cp -f home/file home/secret",
                "cp -T home/file empty",
                "cp -rT home empty",
                "cp -t empty home/file",
                "cp -t missing home/file",
                "cp --target-directory=empty home/file",
                "cp -r empty home/file",
                "cp home/file",
                "cp",
                "cp -v home/file a",
                "cp missing a",
                "cp missing home/file empty",
                "cp -r empty empty",
                "cp -r empty/. empty",
                "cp -r empty home empty",
                "cp -- home/-rf a",
                "cp home/dirlink a",
                "cp -r home/dirlink a",
                "cp -r home/shared home/dirlink",
                "cp -a home/dirlink empty",
                "cp home/file home/shared",
                "cp -a tmp/of-1000 home/shared",
                // find
                "find",
                "find home",
                "find home empty",
                "find home/",
                "find ./home -type d",
                "find home -type f -o -type l",
                "find home -name *ile",
                "find home -name [sf]*",
                "find home -name [!sf]*",
                "find home -path home/s*/s",
                "find home -maxdepth 1",
                "find home -mindepth 1 -maxdepth 1 -type d",
                "find home -user 0",
                "find home -user root",
                "find home -user nobody-of-this-name",
                "find home -group 2001 ! -type d",
                "find home -uid +1000",
                "find home -uid -1000",
                "find home -perm 0644",
                "find home -perm -0040",
                "find home -perm /4000",
                "find home -perm -u+w",
                "find home -perm u=rw,go=r",
                "find home -name closed -prune -o -type f -print",
                "find home -name closed -prune -o -type f",
                "find home -type d -empty",
                "find empty -delete",
                "find home -name file -delete",
                "find home -type f -exec chmod 0600 {} ;",
                "find home -type f -exec chmod 0600 {} +",
                "find home -type f -exec chmod 0600 {}",
                "find home -exec",
                "find home ( -type f",
                "find home -type f )",
                "find home !",
                "find home -nonsense",
                "find home -maxdepth x",
                "find home -type",
                "find home -not -type d -a -print",
                "find home -depth",
                "find home -type d -exec true {} ; -print",
                "find missing home/file",
                "find home/link",
                "find home/dirlink",
                "find home/dirlink/",
                "find -P home/dirlink",
                "find home -true -false",
                "find empty -quit",
                "find empty -print -quit",
                "find home -name file -o",
                "find -- home",
                "find home -maxdepth 0 -type d -exec chown 2001:2001 {} + -exec chmod 0700 {} +",
                // true
                "true",
                "true --nonsense"
            })
    void aCommandLine(String commandLine) throws IOException, InterruptedException {
        List<String> argv = List.of(commandLine.split(" ", -1)).stream()
                .map(word -> word.equals("''") ? "" : word)
                .toList();

        compare(0, argv);
        GnuTools.clear(directory);
        compare(2001, argv);
    }

    @Test
    void randomCommandLines() throws IOException, InterruptedException {
        SoftAssertions all = new SoftAssertions();
        RandomCommandLine commandLines = new RandomCommandLine(Long.getLong("cocalc.storage.gnu.seed", 1));
        for (int i = 0; i < Integer.getInteger("cocalc.storage.gnu.lines", 300); i++) {
            List<String> argv = commandLines.next();
            compare(i % 3 == 0 ? 2001 : 0, argv, all);
            GnuTools.clear(directory);
        }
        all.assertAll();
    }

    @Test
    void theFakeHasNoHelp() throws IOException {
        assertThat(GnuTools.fake(TREE, 0, List.of("mkdir", "--help")).lines())
                .containsExactly("mkdir: unrecognized option '--help'");
    }

    @ParameterizedTest
    @CsvSource({
        "chown --from=0:0 2001 home, --from",
        "chown --reference=home/file home/secret, --reference",
        "chmod --reference=home/file home/secret, --reference",
        "chmod -h 0600 home/link, -h",
        "cp -s home/file a, -s",
        "cp --preserve=mode home/file a, --preserve",
        "mkdir -Z a, -Z",
        "find home -newer home/file, -newer",
        "find home -newermt 2020-01-01, -newer",
        "find -L home, -L",
        "find home -print0, -print0",
        "'find home -print , -false', ','",
    })
    void whatTheFakeDoesNotKnowIsAMistakeOfTheTest(String commandLine, String word) {
        List<String> argv = List.of(commandLine.split(" ", -1));
        String program = argv.get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GnuTools.fake(TREE, 0, argv))
                .withMessage(program + " on the fake cluster must be called without " + word
                        + ", which it does not know; register a " + program
                        + " that does with FakeCluster.builder().command(\"" + program + "\", …)");
    }
}
