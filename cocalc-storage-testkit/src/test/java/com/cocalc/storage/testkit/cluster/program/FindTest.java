package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code find}. */
class FindTest extends GnuComparison {

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "find home -size 1 -type f",
                "find home -type f -size -1",
                "find home -type f -size +0k",
                "find home -type f -size 5c",
                "find home -type f -size -3w",
                "find home -type f -size +1c -size -1M",
                "find home -type f -size 0G",
                "find home -type f -size -0",
                "find home -type f -size 1b",
                "find home -size",
                "find home -size ''",
                "find home -size x",
                "find home -size 1x",
                "find home -size +k",
                "find home -size 1.5k",
                "find home -type l -size 6c",
                "find home -newer home/secret ! -type l",
                "find home ! -newer home/secret ! -type l",
                "find -H home -newer home/dirlink ! -type l",
                "find -L home -newer home/dirlink ! -type l",
                "find home -newer missing",
                "find home -newer",
                "find -L home -newer home/dangling ! -type l -name nothing",
                "find home -type d -print , -type f -name s -print",
                "find home ( -name file , -name s ) -print",
                "find home -false , -name file",
                "find home -name file , -false",
                "find home/file -quit , -print",
                "find home -print ,",
                "find home , -print",
                "find home -print , , -print",
                "find home ( -print , )",
                "find home ( )",
                "find home ! )",
                "find home -o -print",
                "find home -a",
                "find home -print ) -print",
                "find home )",
                "find home -H",
                "find home -L",
                "find -H -L -P home/dirlink",
                "find -P -H home/dirlink",
                "find -LP home",
                "find -- -L home",
                "find -L -- home"
            })
    void aCommandLine(String commandLine) throws IOException, InterruptedException {
        compare(TREE, commandLine);
    }

    /** With links that lead back, to themselves, through a file, and to where not everybody may look. */
    private static final String LINKS = """
            0755 0:0 - /
            0755 2001:2001 - home/
            0644 2001:2001 "hello" home/file
            0755 2001:2001 - home/shared/
            0644 0:0 "s" home/shared/s
            0700 1000:1000 - home/closed/
            0644 1000:1000 "in" home/closed/in
            0755 2001:2001 - home/d/
            0755 2001:2001 - home/d/e/
            0777 2001:2001 - home/d/e/up -> ..
            0777 2001:2001 - home/dirlink -> shared
            0777 2001:2001 - home/dangling -> nowhere
            0777 2001:2001 - home/loop -> loop
            0777 2001:2001 - home/through -> file/x
            0777 2001:2001 - home/inlink -> closed/in
            0777 2001:2001 - top -> home
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find -L home",
                "find -H home",
                "find -H top",
                "find -L top",
                "find -P top",
                "find -H top/dirlink",
                "find -H top/dirlink top/dangling top/loop top/through top/inlink",
                "find -L top/dangling top/loop top/through top/inlink",
                "find -L home -depth",
                "find -L home -type l",
                "find -L home -type f",
                "find -L home -type d",
                "find -L home ! -type d",
                "find -L home -uid 2001",
                "find -L home ! -uid 2001",
                "find -L home -perm /7777",
                "find -L home -type f -size +0",
                "find -L home -empty",
                "find -L home -type f -newer home/d",
                "find -L home -name in* -prune",
                "find -L home -name in* -prune -o -print",
                "find -L home -xdev -maxdepth 2",
                "find -L home -mindepth 2",
                "find -L home -name dirlink -delete",
                "find -L home -type l -delete",
                "find -H top -name dirlink -delete",
                "find -L home -name dirlink -exec chown -h 1000:1000 {} +",
                "find -L home -user 0 -exec chown 2001:2001 {} +",
                "find -L home/dirlink -exec chmod 0700 {} ;"
            })
    void linksAreFollowedWhereGnusFollowsThem(String commandLine) throws IOException, InterruptedException {
        compare(LINKS, commandLine);
    }

    /** Bytes that are no UTF-8, and what a message has to escape. */
    private static final String ODD_NAMES = """
            0755 0:0 - /
            0755 2001:2001 - home/
            0755 0:0 - home/\\xff\\xfe/
            0644 0:0 "x" home/\\xff\\xfe/a\\xc3b
            0644 0:0 "x" home/\\xc3
            0644 0:0 "x" home/ü
            0644 0:0 "x" home/\\xffü😀\\xfe
            0644 0:0 "x" home/it's
            0644 0:0 "x" home/it's*
            0644 0:0 "x" home/two words
            0644 0:0 "x" home/a\\x0ab\\x09
            0644 0:0 "x" home/a\\x5cb
            0644 0:0 "x" home/$x"
            0700 0:0 - home/closed\\xff/
            0777 0:0 - home/link -> \\xff\\xfe
            0777 0:0 - home/dangling\\xff -> \\xfe
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find home",
                "find -L home",
                "find home -exec chown -h 2001:2001 {} +",
                "find home -exec chown -v -h 2001:2001 {} ;",
                "find home -type f -exec chmod -v 0600 {} +",
                "find home ! -user 2001 -exec chown 2001:2001 {} ;",
                "find home -type f -exec cp -v {} home ;",
                "find home -type f -exec cp -p {} {}.copy ;",
                "find home -mindepth 1 -type d -exec cp -rv {} tmp ;",
                "find home -depth -type d -exec mkdir -v {}/new ;",
                "find home -type f -exec mkdir -p {}/new ;",
                "find home -depth -mindepth 1 -delete",
                "find home -name ?",
                "find home -name ??",
                "find home -name [a-z]*",
                "find home -name *b",
                "chown -R 1000:1000 home",
                "chmod -R -c g+w home",
                "cp -av home copy",
                "cp -r home copy"
            })
    void namesAreBytes(String commandLine) throws IOException, InterruptedException {
        compare(ODD_NAMES, commandLine);
    }
}
