package com.cocalc.storage.rwx;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** posix-semantics.md, section 2: how a path is walked, and what is wrong first. */
class Section2WalkingTest {
    static final String RULES = """
            == 2 order 0: an empty path is ENOENT
            U stat '' -> ENOENT
            U lstat '' -> ENOENT
            U mkdir '' -> ENOENT
            U rmdir '' -> ENOENT
            U unlink '' -> ENOENT
            U open '' RDONLY -> ENOENT
            U open '' WRONLY,CREAT -> ENOENT
            U readlink '' -> ENOENT
            U chmod '' 0644 -> ENOENT
            U chown '' -1 -1 -> ENOENT
            U truncate '' 0 -> ENOENT
            U utimes '' now -> ENOENT
            U access '' -> ENOENT
            U rename '' x -> ENOENT
            U link '' x -> ENOENT
            U symlink x '' -> ENOENT

            == 2 order 0: a path of 4096 bytes is too long before anything else, 4095 are fine
            file f 0644 U
            dir closed 0000 U
            U stat (./){2047}f
            U stat (./){2047}ff -> ENAMETOOLONG
            U stat /(./){2047}f -> ENAMETOOLONG
            U stat f/(x/){2047}f -> ENAMETOOLONG
            U stat closed/(x/){2047}f -> ENAMETOOLONG
            U stat missing/(x/){2047}f -> ENAMETOOLONG
            U stat f/(x/){2046} -> ENOTDIR

            == 2 order 1: what was walked so far is not a directory
            file f 0644 U
            U stat f/x -> ENOTDIR
            U stat f/.. -> ENOTDIR
            U stat f/. -> ENOTDIR
            U stat f/x/y -> ENOTDIR
            U create f/x -> ENOTDIR
            U mkdir f/x -> ENOTDIR
            U unlink f/x -> ENOTDIR

            == 2 order 2: no x comes before a missing name and before one too long
            dir closed 0666 U
            U stat closed/missing -> EACCES
            U stat closed/(n){256} -> EACCES
            U mkdir closed/missing -> EACCES
            U open closed/missing RDONLY -> EACCES
            U unlink closed/missing -> EACCES

            == 2 order 3: a name of 256 bytes is too long when it is reached
            file f 0644 U
            dir d 0755 U
            U stat (n){256} -> ENAMETOOLONG
            U stat d/(n){256} -> ENAMETOOLONG
            U stat (n){256}/x -> ENAMETOOLONG
            U stat (ä){128} -> ENAMETOOLONG
            U stat (ä){127} -> ENOENT
            U stat missing/(n){256} -> ENOENT
            U stat f/(n){256} -> ENOTDIR
            U create (n){255}
            U create (ä){127}
            U create (n){256} -> ENAMETOOLONG
            U mkdir (n){256} -> ENAMETOOLONG
            U rename f (n){256} -> ENAMETOOLONG
            U link f (n){256} -> ENAMETOOLONG
            U symlink x (n){256} -> ENAMETOOLONG
            U symlink (n){256} l
            U stat l -> ENAMETOOLONG

            == 2 order 4: a missing name is ENOENT
            symlink dangling nowhere
            U stat missing -> ENOENT
            U stat missing/x -> ENOENT
            U stat missing/.. -> ENOENT
            U stat dangling -> ENOENT
            U stat dangling/x -> ENOENT

            == 2 order 5: 40 links are fine and the 41st is ELOOP
            chain k 42
            U stat k40
            U stat k41 -> ELOOP
            U readdir k40 -> [k1, k10, k11, k12, k13, k14, k15, k16, k17, k18, k19, k2, k20, k21, k22, k23, k24, k25, k26, k27, k28, k29, k3, k30, k31, k32, k33, k34, k35, k36, k37, k38, k39, k4, k40, k41, k42, k5, k6, k7, k8, k9]
            U lstat k42

            == 2: the limit counts links of the whole walk, spread over elements too
            chain k 40
            U stat k20/k20
            U stat k20/k20/k1 -> ELOOP
            U stat k10/k10/k10/k10
            U lstat k20/k20/k1
            U lstat k20/k20/k1/k1 -> ELOOP
            U lstat k20/k20/k1/ -> ELOOP

            == 2: a link that leads to itself is ELOOP
            symlink loop loop
            U stat loop -> ELOOP
            U lstat loop
            U readlink loop -> 'loop'
            U stat loop/.. -> ELOOP
            U stat loop/x -> ELOOP
            U lstat loop/ -> ELOOP
            U open loop RDONLY -> ELOOP
            U create loop -> ELOOP

            == 2: a link is resolved from the directory that holds it
            dir d 0755 U
            file d/f 0644 U
            symlink d/l f
            symlink f x
            U read d/l -> 'hello'
            U readlink d/l -> 'f'

            == 2: an absolute target starts at the mount's root, and .. at the root stays
            dir p 0755 U
            file p/f 0644 U
            file f 0600 R
            symlink p/l /f
            symlink p/up ../../../f
            U@p read l -> 'hello'
            U@p read up -> 'hello'
            U@p read ../../f -> 'hello'
            U@p read /../f -> 'hello'
            U read p/l -> EACCES
            U stat /.. -> ok
            U stat ../.. -> ok

            == 2: dots come after links
            dir a 0755 U
            dir a/b 0755 U
            file a/f 0644 U
            symlink l a/b
            symlink dangling nowhere
            U read l/../f -> 'hello'
            U stat f/.. -> ENOENT
            U stat missing/.. -> ENOENT
            U stat dangling/.. -> ENOENT

            == 2: a trailing slash follows a last link and demands a directory
            file f 0644 U
            dir d 0755 U
            symlink dangling nowhere
            symlink dl d
            symlink fl f
            U stat f/ -> ENOTDIR
            U lstat f/ -> ENOTDIR
            U stat fl/ -> ENOTDIR
            U stat dangling/ -> ENOENT
            U stat d/
            U stat d//
            U kind dl -> link
            U kind dl/ -> dir
            U readlink dl/ -> EINVAL
            U readlink dl -> 'd'
            U chmod f/ 0644 -> ENOTDIR
            U chown f/ -1 -1 -> ENOTDIR
            U lchown dl/ -1 -1
            U truncate f/ 0 -> ENOTDIR
            U access f/ -> ENOTDIR
            U utimes f/ now -> ENOTDIR
            U open f/ RDONLY -> ENOTDIR
            U open d/ RDONLY

            == 2: operations with two paths resolve the parent of the first path first
            file f 0644 U
            dir closed 0666 U
            U rename missing/x f/x -> ENOENT
            U rename f/x missing/x -> ENOTDIR
            U rename closed/x missing/x -> EACCES
            U rename missing/x closed/x -> ENOENT
            U link missing/x f/x -> ENOENT
            U link f/x closed/x -> ENOTDIR
            U link f closed/x -> EACCES
            """;

    @TestFactory
    Stream<DynamicTest> rules() {
        return Rules.onTheFake(RULES);
    }
}
