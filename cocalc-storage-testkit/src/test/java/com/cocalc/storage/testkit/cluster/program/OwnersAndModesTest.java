package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code chown} and {@code chmod}, and what this project's init containers and jobs run. */
class OwnersAndModesTest extends GnuComparison {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find home -xdev ( ! -user 2001 -o ! -group 2001 ) -exec chown -h 2001:2001 {} +",
                "chown 2001:2001 home/.",
                "chmod u+rwx home/. home/shared",
                "chown 2001 home",
                "chown :2001 home/secret",
                "chown 2001:100 home/setuid",
                "chown root:root home/file",
                "chown 0:0 home/link",
                "chown -h 1000:1000 home/link",
                "chown 1000 home/dangling",
                "chown -h 1000 home/dangling",
                "chown 2001 missing",
                "chown nobody-of-this-name home",
                "chown : home",
                "chown 2001. home",
                "chown +2001 home",
                "chown -- 2001 home/-rf",
                "chown 2001 -- home/-rf",
                "chown 4294967294 home/file",
                "chown 4294967296 home/file",
                "chmod 0700 home",
                "chmod 755 home/setuid",
                "chmod 0755 home/shared",
                "chmod 00755 home/shared",
                "chmod 2755 home/shared",
                "chmod u=rwx,go=rx home/shared",
                "chmod g-s home/shared",
                "chmod =r home/file",
                "chmod +x home/file",
                "chmod a-w,u+s home/file",
                "chmod o+t home/shared",
                "chmod +t home/shared",
                "chmod u+t home/shared",
                "chmod go= home/file",
                "chmod g=u home/file",
                "chmod g=u-w,o=g home/file",
                "chmod 0600 home/link",
                "chmod 0600 home/dangling",
                "chmod 8 home",
                "chmod 77777 home",
                "chmod 17777 home",
                "chmod u+q home",
                "chmod , home",
                "chmod u home",
                "chmod '' home",
                "chmod 0700 missing home",
                "chmod -- -w home/file",
                "chmod 0644 -- home/-rf"
            })
    void aCommandLine(String commandLine) throws IOException, InterruptedException {
        compare(TREE, commandLine);
    }
}
