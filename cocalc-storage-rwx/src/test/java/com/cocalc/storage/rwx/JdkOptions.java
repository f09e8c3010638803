package com.cocalc.storage.rwx;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.nio.file.OpenOption;

/** Combinations of options to open a file with, of all kinds. Uses the JDK alone. */
final class JdkOptions {
    private JdkOptions() {}

    static OpenOption[][] sets() {
        return new OpenOption[][] {
            {},
            {READ},
            {WRITE},
            {APPEND},
            {READ, WRITE},
            {CREATE},
            {CREATE_NEW},
            {TRUNCATE_EXISTING},
            {READ, CREATE_NEW},
            {READ, TRUNCATE_EXISTING},
            {READ, APPEND},
            {APPEND, TRUNCATE_EXISTING},
            {WRITE, CREATE},
            {WRITE, CREATE_NEW},
            {WRITE, TRUNCATE_EXISTING},
            {WRITE, CREATE, TRUNCATE_EXISTING},
            {WRITE, CREATE, CREATE_NEW},
            {APPEND, CREATE},
            {APPEND, CREATE_NEW},
            {READ, WRITE, CREATE},
            {READ, WRITE, CREATE_NEW, TRUNCATE_EXISTING},
            {READ, NOFOLLOW_LINKS},
            {WRITE, NOFOLLOW_LINKS},
            {WRITE, CREATE, NOFOLLOW_LINKS},
            {WRITE, CREATE_NEW, NOFOLLOW_LINKS},
            {READ, DELETE_ON_CLOSE},
            {WRITE, CREATE, DELETE_ON_CLOSE},
            {READ, CREATE_NEW, NOFOLLOW_LINKS},
            {WRITE, SYNC},
            {null},
        };
    }
}
