package com.cocalc.storage.rwx;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** posix-semantics.md, section 1: owner, else group, else other. */
class Section1PermissionClassesTest {
    static final String RULES = """
            == 1 rule 1: only the owner's bits count for the owner, only the group's for the group
            file f 0077 U
            file g 0707 U
            U read f -> EACCES
            G read f -> 'hello'
            S read f -> 'hello'
            U read g -> 'hello'
            G read g -> EACCES
            S read g -> 'hello'

            == 1 rule 1: the primary group counts as a supplementary one does
            file f 0040 0:2002
            file g 0040 0:2001
            U read f -> EACCES
            U read g -> 'hello'
            G read f -> 'hello'
            G read g -> 'hello'
            S read g -> EACCES

            == 1 rule 2: root reads, writes and searches everything, and executes what anybody may
            dir p 0000 U
            file p/f 0000 U
            file p/x 0010 U
            file p/y 0001 U
            file p/z 0100 U
            file p/n 0644 U
            R read p/f -> 'hello'
            R write p/f HELLO
            R readdir p -> [f, n, x, y, z]
            R access p/f rw
            R access p/n x -> EACCES
            R access p/x x
            R access p/y x
            R access p/z x
            R access p x

            == 1 rule 3: search is needed on each directory, before dots too, and nothing on the object itself
            dir closed 0666 U
            file closed/f 0644 U
            file f 0000 U
            symlink l f
            U stat closed/f -> EACCES
            U stat closed/.. -> EACCES
            U stat closed/. -> EACCES
            U stat closed
            U stat f
            U lstat l
            U readlink l -> 'f'
            U chmod f 0000
            U chown f -1 2001
            U link f g
            U unlink g
            U rename f h

            == 1 rule 4: a handle needs no more permission
            U create f 0600 hello
            U open f RDWR h
            U chmod f 0000
            U hread h -> 'hello'
            U hwrite h HELLO 0
            U unlink f
            U hread h -> 'HELLO'
            U open new RDWR,CREAT n 0000
            U hwrite n x
            U hread n -> 'x'
            U open new RDONLY -> EACCES

            == 1 rule 5: a sub-path does not ask for the way to it, but for its own bits
            dir above 0700 R
            dir above/open 0755 U
            dir above/closed 0700 R
            U@above/open mkdir d
            U stat above/open -> EACCES
            U@above/closed stat / -> ok
            U@above/closed stat x -> EACCES
            U@above/closed mkdir d -> EACCES

            == 1 table: create, delete, rename in a directory 0755 of U
            dir p 0755 U
            file p/f 0644 U
            U create p/u
            U rename p/u p/v
            U unlink p/v
            G create p/g -> EACCES
            G unlink p/f -> EACCES
            G rename p/f p/g -> EACCES
            R create p/r
            R rename p/r p/s
            R unlink p/s
            S create p/s -> EACCES
            S unlink p/f -> EACCES
            S rename p/f p/g -> EACCES

            == 1 table: the same, 0775 of 2001:2001
            dir p 0775 U
            file p/f 0644 U
            U create p/u
            G create p/g
            G rename p/g p/h
            G unlink p/h
            R create p/r
            S create p/s -> EACCES
            S unlink p/f -> EACCES

            == 1 table: the same, 0755 of root
            dir p 0755 R
            file p/f 0644 R
            U create p/u -> EACCES
            U unlink p/f -> EACCES
            G create p/g -> EACCES
            R create p/r
            S create p/s -> EACCES

            == 1 table: the same, 0777; create in 1777
            dir p 0777 R
            dir t 1777 R
            U create p/u
            G rename p/u p/v
            S unlink p/v
            R create p/r
            U create t/u
            G create t/g
            R create t/r
            S create t/s

            == 1 table: 1777 of root: delete, rename, replace
            dir t 1777 R
            file t/u 0644 U
            file t/g 0644 G
            file t/r 0644 R
            file t/mine 0644 G
            U unlink t/g -> EPERM
            U unlink t/r -> EPERM
            U rename t/g t/x -> EPERM
            U rename t/r t/x -> EPERM
            U rename t/u t/x
            U rename t/x t/g -> EPERM
            U rename t/x t/r -> EPERM
            G unlink t/x -> EPERM
            G unlink t/r -> EPERM
            G rename t/mine t/x -> EPERM
            G rename t/mine t/g
            G unlink t/g
            S unlink t/x -> EPERM
            S unlink t/r -> EPERM
            R rename t/r t/x
            R unlink t/x

            == 1 table: 1777 of U: its owner removes everything
            dir t 1777 U
            file t/u 0644 U
            file t/g 0644 G
            file t/h 0644 G
            file t/r 0644 R
            G unlink t/u -> EPERM
            G unlink t/r -> EPERM
            S unlink t/g -> EPERM
            G rename t/g t/i
            U unlink t/h
            U rename t/r t/i
            U unlink t/i
            R unlink t/u

            == 1 table: directory 0666 of U: list / use a name in it
            dir d 0666 U
            file d/f 0666 U
            U readdir d -> [f]
            U stat d/f -> EACCES
            G readdir d -> [f]
            G read d/f -> EACCES
            R readdir d -> [f]
            R read d/f -> 'hello'
            S readdir d -> [f]
            S stat d/f -> EACCES

            == 1 table: directory 0333 of U: list / use a name in it
            dir d 0333 U
            file d/f 0666 U
            U readdir d -> EACCES
            U read d/f -> 'hello'
            G readdir d -> EACCES
            G read d/f -> 'hello'
            R readdir d -> [f]
            R read d/f -> 'hello'
            S readdir d -> EACCES
            S read d/f -> 'hello'

            == 1 table: write a file 0644 of U; utimens now
            file f 0644 U
            U write f x
            G write f x -> EACCES
            R write f x
            S write f x -> EACCES
            U utimes f now
            G utimes f now -> EACCES
            R utimes f now
            S utimes f now -> EACCES

            == 1 table: chmod a file of U; utimens explicit
            file f 0666 U
            U chmod f 0666
            G chmod f 0666 -> EPERM
            R chmod f 0666
            S chmod f 0666 -> EPERM
            U utimes f
            G utimes f -> EPERM
            R utimes f
            S utimes f -> EPERM

            == 1 table: chown a file of U: gid 2001 / gid 2002 / uid 2002
            file f 0666 U
            U chown f -1 2001
            U chown f -1 2002 -> EPERM
            U chown f 2002 -1 -> EPERM
            G chown f -1 2001 -> EPERM
            G chown f -1 2002 -> EPERM
            G chown f 2002 -1 -> EPERM
            S chown f -1 2001 -> EPERM
            R chown f -1 2002
            R chown f 2002 -1

            == 1 table: chown a file of 2002: gid 2001
            file f 0666 G
            U chown f -1 2001 -> EPERM
            S chown f -1 2001 -> EPERM
            G chown f -1 2001
            G chown f -1 2002
            R chown f -1 2001

            == 1 table: link a file of 2001:2001, 0644 / 0664
            file f 0644 U
            file g 0664 U
            U link f u1
            U link g u2
            G link f g1 -> EPERM
            G link g g2
            R link f r1
            R link g r2
            S link f s1 -> EPERM
            S link g s2 -> EPERM

            == 1 table: move a directory 0755 of U to another 0777 parent
            dir p 0777 R
            dir q 0777 R
            dir p/u 0755 U
            dir p/g 0755 U
            dir p/r 0755 U
            dir p/s 0755 U
            U rename p/u q/u
            G rename p/g q/g -> EACCES
            R rename p/r q/r
            S rename p/s q/s -> EACCES
            """;

    @TestFactory
    Stream<DynamicTest> rules() {
        return Rules.onTheFake(RULES);
    }
}
