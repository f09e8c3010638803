package com.cocalc.storage.rwx;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** posix-semantics.md, section 3: mkdir, symlink and open. */
class Section3CreatingTest {
    static final String RULES = """
            == 3 mkdir: walk P, then EEXIST, then w+x of P
            dir closed 0666 U
            dir ro 0555 U
            dir ro/d 0755 U
            file ro/f 0644 U
            symlink ro/dangling nowhere
            symlink ro/loop loop
            U mkdir missing/x -> ENOENT
            U mkdir closed/x -> EACCES
            U mkdir ro/d -> EEXIST
            U mkdir ro/f -> EEXIST
            U mkdir ro/f/ -> EEXIST
            U mkdir ro/dangling -> EEXIST
            U mkdir ro/dangling/ -> EEXIST
            U mkdir ro/loop -> EEXIST
            U mkdir ro/new -> EACCES

            == 3 mkdir: last element is dot, dot-dot or slash
            dir d 0755 U
            dir closed 0666 U
            U mkdir . -> EEXIST
            U mkdir .. -> EEXIST
            U mkdir / -> EEXIST
            U mkdir d/. -> EEXIST
            U mkdir d/.. -> EEXIST
            U mkdir missing/. -> ENOENT
            U mkdir closed/. -> EACCES
            U mkdir new/
            U mkdir other//
            U kind new -> dir

            == 3 symlink: the target first, then as mkdir
            dir ro 0555 U
            file ro/f 0644 U
            U symlink '' missing/x -> ENOENT
            U symlink '' ro/f -> ENOENT
            U symlink (x){4096} ro/f -> ENAMETOOLONG
            U symlink (x){4096} '' -> ENAMETOOLONG
            U symlink (x){4095} l
            U symlink x ro/f -> EEXIST
            U symlink x ro/new -> EACCES
            U symlink x . -> EEXIST
            U symlink x / -> EEXIST
            U symlink x new/ -> ENOENT
            U symlink x ro/new/ -> ENOENT
            U symlink x ro/f/ -> EEXIST

            == 3 symlink: the target is never looked at
            U symlink missing/x a
            U symlink /../x b
            U symlink (n){256} c
            U readlink b -> '/../x'

            == 3 new objects: owner, group and umask
            dir sg 2777 0:2001
            dir sg3 2777 0:3001
            U create a 0666
            U owner a -> 2001:2001
            U mode a -> 0644
            U%077 create b 0666
            U mode b -> 0600
            G create sg/f
            G owner sg/f -> 2002:2001
            G create f
            G owner f -> 2002:2002
            S create s
            S owner s -> 65534:65534
            U symlink x sg3/l
            U owner sg3/l -> 2001:3001
            U mode sg3/l -> 0777
            U%777 symlink x l
            U mode l -> 0777

            == 3 mkdir keeps the sticky bit and drops set-id bits
            U%000 mkdir d 7777
            U mode d -> 01777
            U%000 mkdir e 6755
            U mode e -> 0755

            == 3 a directory in a setgid directory gets setgid from whoever makes it, until a stranger's chmod
            dir sg 2777 0:3001
            U mkdir sg/d 0755
            U mode sg/d -> 02755
            U owner sg/d -> 2001:3001
            U chmod sg/d 2755
            U mode sg/d -> 0755

            == 3 a file keeps set-id bits, but in a setgid directory a stranger loses setgid with group x
            dir sg 2777 0:3001
            dir own 2777 0:2001
            U%000 create f 6777 ''
            U mode f -> 06777
            U%000 create sg/a 2775 ''
            U mode sg/a -> 0775
            U%000 create sg/b 2765 ''
            U mode sg/b -> 02765
            U%000 create own/c 2775 ''
            U mode own/c -> 02775
            R%000 create sg/r 2775 ''
            R mode sg/r -> 02775

            == 3 open 1: O_CREAT with O_DIRECTORY before everything
            U open missing/x RDONLY,CREAT,DIRECTORY -> EINVAL
            U open '' RDONLY,CREAT,DIRECTORY -> EINVAL
            U open (x){4096} WRONLY,CREAT,DIRECTORY -> EINVAL

            == 3 open 2: the walk of P
            file f 0644 U
            U open missing/x WRONLY,CREAT -> ENOENT
            U open f/x WRONLY,CREAT,EXCL -> ENOTDIR

            == 3 open 3: O_CREAT and a trailing slash
            file f 0644 U
            dir d 0755 U
            symlink dangling nowhere
            U open f/ WRONLY,CREAT -> EISDIR
            U open missing/ WRONLY,CREAT -> EISDIR
            U open dangling/ WRONLY,CREAT -> EISDIR
            U open f/ WRONLY,CREAT,EXCL -> EISDIR
            U open d/ RDONLY,CREAT -> EISDIR
            U open missing/x/ WRONLY,CREAT -> ENOENT

            == 3 open 4: O_CREAT and O_EXCL and X exists
            file f 0000 R
            dir d 0755 U
            symlink dangling nowhere
            symlink loop loop
            U open f WRONLY,CREAT,EXCL -> EEXIST
            U open dangling WRONLY,CREAT,EXCL -> EEXIST
            U open dangling WRONLY,CREAT,EXCL,NOFOLLOW -> EEXIST
            U open loop WRONLY,CREAT,EXCL -> EEXIST
            U open d WRONLY,CREAT,EXCL -> EEXIST
            U open . WRONLY,CREAT,EXCL -> EEXIST
            U open d/.. WRONLY,CREAT,EXCL -> EEXIST
            U open / RDONLY,CREAT,EXCL -> EEXIST

            == 3 open 5: a link and O_NOFOLLOW
            file f 0644 U
            dir d 0755 U
            symlink l f
            symlink dl d
            symlink dangling nowhere
            U open l RDONLY,NOFOLLOW -> ELOOP
            U open dangling WRONLY,CREAT,NOFOLLOW -> ELOOP
            U open dl RDONLY,NOFOLLOW,DIRECTORY -> ENOTDIR
            U open dl/ RDONLY,NOFOLLOW
            U open dl/ RDONLY,NOFOLLOW,DIRECTORY
            U open f RDONLY,NOFOLLOW

            == 3 open 5: O_CREAT, O_NOFOLLOW and somebody else's link in a sticky directory open to all, for root too
            # Not in the table: may_create_in_sticky() of the kernel exempts files and pipes by sysctl, but no links.
            dir t 1777 R
            dir t2 1775 R
            dir t3 0777 R
            symlink t/l x
            symlink t2/l x
            symlink t3/l x
            S open t/l WRONLY,CREAT,NOFOLLOW -> EACCES
            R open t/l WRONLY,CREAT,NOFOLLOW -> EACCES
            R open t/l WRONLY,NOFOLLOW -> ELOOP
            U open t/l WRONLY,CREAT,NOFOLLOW -> ELOOP
            G open t/l RDONLY,CREAT,NOFOLLOW -> EACCES
            G open t/l RDONLY,NOFOLLOW -> ELOOP
            G open t/l RDONLY,CREAT,EXCL,NOFOLLOW -> EEXIST
            G open t/l/ RDONLY,CREAT,NOFOLLOW -> EISDIR
            G open t2/l RDONLY,CREAT,NOFOLLOW -> ELOOP
            G open t3/l RDONLY,CREAT,NOFOLLOW -> ELOOP
            G:ro open t/l WRONLY,CREAT,NOFOLLOW -> EACCES

            == 3 open 6: O_CREAT makes the target of a dangling link in the target's parent
            dir ro 0555 U
            dir rw 0755 U
            symlink ro/l ../rw/made
            symlink rw/l ../ro/made
            symlink rw/far missing/made
            U open ro/l WRONLY,CREAT
            U kind rw/made -> file
            U open rw/l WRONLY,CREAT -> EACCES
            U open rw/far WRONLY,CREAT -> ENOENT

            == 3 open 7: missing without O_CREAT, and with it in a closed P
            dir ro 0555 U
            dir noX 0666 U
            U open missing RDWR -> ENOENT
            U open missing RDONLY,TRUNC -> ENOENT
            U open missing RDONLY,EXCL -> ENOENT
            U open ro/new WRONLY,CREAT -> EACCES
            U open ro/missing WRONLY -> ENOENT
            U open noX/new WRONLY,CREAT -> EACCES

            == 3 open 8: O_DIRECTORY and not a directory, before permissions
            file f 0000 R
            U open f RDONLY,DIRECTORY -> ENOTDIR
            U open f WRONLY,DIRECTORY -> ENOTDIR
            U open f RDONLY,DIRECTORY,TRUNC -> ENOTDIR

            == 3 open 9: a directory to be written, before permissions
            dir d 0000 R
            U open d WRONLY -> EISDIR
            U open d RDWR -> EISDIR
            U open d RDONLY,TRUNC -> EISDIR
            U open d RDONLY,CREAT -> EISDIR
            U open d WRONLY,DIRECTORY -> EISDIR
            U open . WRONLY,CREAT -> EISDIR
            U open d RDONLY -> EACCES

            == 3 open 10: bits for each direction
            file r 0444 U
            file w 0222 U
            file n 0000 U
            U open r RDONLY
            U open r WRONLY -> EACCES
            U open r RDWR -> EACCES
            U open r RDONLY,TRUNC -> EACCES
            U open w WRONLY
            U open w RDONLY -> EACCES
            U open w RDWR -> EACCES
            U open w WRONLY,TRUNC
            U open n RDONLY -> EACCES
            U open r WRONLY,RDWR -> EACCES
            R open n RDWR

            == 3 open: O_RDONLY on a directory works, reading it does not
            dir d 0755 U
            U open d RDONLY h
            U hread h -> EISDIR
            U hreaddir h -> []
            U read d -> EISDIR
            U hwrite h x -> EBADF
            U htruncate h 0 -> EINVAL

            == 3 open: O_TRUNC with O_RDONLY truncates, O_EXCL alone is ignored
            file f 0644 U
            U open f RDONLY,EXCL
            U size f -> 5
            U open f RDONLY,TRUNC
            U size f -> 0

            == 3 open: O_CREAT on an existing file needs nothing of P but x
            dir ro 0111 R
            file ro/f 0644 U
            U open ro/f WRONLY,CREAT
            U open ro/f RDWR,CREAT,TRUNC

            == 3 open: O_APPEND writes at the end whatever the position, and can be truncated
            file f 0644 U
            U open f RDWR,APPEND h
            U hwrite h x 0
            U read f -> 'hellox'
            U htruncate h 2
            U hwrite h y 1
            U hread h -> 'hey'

            == 3 open: no write reaches beyond the largest offset, with O_APPEND neither
            file f 0644 U
            U open f RDWR,APPEND a
            U open f RDWR h
            U hwrite a x 9223372036854775807 -> EINVAL
            U hwrite h x 9223372036854775807 -> EINVAL
            U hwrite h x -1 -> EINVAL
            U truncate f 9223372036854775807
            U append f x -> EFBIG

            == 3 open: a write beyond the end fills the hole with zeros
            file f 0644 U
            U open f RDWR h
            U hwrite h x 8
            U size f -> 9
            U truncate f 5
            U read f -> 'hello'

            == 3 open: read and write against the direction are EBADF, ftruncate of a reader EINVAL
            file f 0644 U
            U open f WRONLY w
            U open f RDONLY r
            U hread w -> EBADF
            U hwrite r x -> EBADF
            U htruncate r 0 -> EINVAL
            U htruncate w -1 -> EINVAL
            U htruncate w 3
            U hreaddir r -> ENOTDIR
            U hclose r
            U hread r -> EBADF
            """;

    @TestFactory
    Stream<DynamicTest> rules() {
        return Rules.onTheFake(RULES);
    }
}
