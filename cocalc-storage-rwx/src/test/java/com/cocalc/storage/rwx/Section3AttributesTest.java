package com.cocalc.storage.rwx;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** posix-semantics.md, section 3: readlink to utimens, set-id bits, link counts and times. */
class Section3AttributesTest {
    static final String RULES = """
            == 3 readlink of a file or directory is EINVAL
            file f 0000 R
            dir d 0755 U
            U readlink f -> EINVAL
            U readlink d -> EINVAL
            U readlink . -> EINVAL
            U readlink / -> EINVAL

            == 3 readdir needs r at the open, not x
            dir r 0400 U
            dir x 0333 U
            file r/f 0644 U
            file x/f 0644 U
            U readdir r -> [f]
            U stat r/f -> EACCES
            U readdir x -> EACCES
            U read x/f -> 'hello'
            U open r RDONLY h
            U chmod r 0000
            U hreaddir h -> [f]
            U readdir f -> ENOENT
            U readdir x/f -> ENOTDIR

            == 3 access: existence first, then the bits of the class
            file f 0640 U
            dir closed 0666 U
            U access missing rwx -> ENOENT
            U access closed/x -> EACCES
            U access f
            U access f rw
            U access f x -> EACCES
            G access f r
            G access f w -> EACCES
            G access f rw -> EACCES
            S access f
            S access f r -> EACCES

            == 3 access: W_OK on a read-only mount, permission first
            file f 0644 U
            U:ro access f w -> EROFS
            U:ro access f rw -> EROFS
            U:ro access f r
            U:ro access f x -> EACCES
            G:ro access f w -> EACCES
            U:ro access missing w -> ENOENT

            == 3 chmod: walk, follows links, owner or root
            file f 0666 R
            file mine 0000 U
            symlink l mine
            symlink dangling nowhere
            U chmod missing 0644 -> ENOENT
            U chmod dangling 0644 -> ENOENT
            U chmod f 0644 -> EPERM
            U chmod l 0640
            U mode mine -> 0640
            U mode l -> 0777
            R chmod mine 0600
            S chmod f 0600 -> EPERM

            == 3 chmod: the caller outside X's group loses setgid, and keeps the rest as wanted
            file f 0644 2001:3001
            dir d 0755 2001:3001
            file mine 0644 U
            U chmod f 7777
            U mode f -> 05777
            U chmod d 7777
            U mode d -> 05777
            U chmod mine 7777
            U mode mine -> 07777
            R chmod f 7777
            R mode f -> 07777

            == 3 chown, uid: only root, and the same uid by the owner
            file f 0644 U
            U chown f 2001 -1
            U chown f 2002 -1 -> EPERM
            G chown f 2001 -1 -> EPERM
            G chown f 2002 -1 -> EPERM
            R chown f 2002 -1
            U chown missing 2001 -1 -> ENOENT

            == 3 chown, gid: the owner to a group of its own or the present one
            file f 0644 2001:3001
            file g 0644 2002:3001
            U chown f -1 3001
            U chown f -1 2001
            U chown f -1 3001 -> EPERM
            G chown g -1 2001
            G chown g -1 2002
            G chown g -1 3001 -> EPERM

            == 3 chown(-1, -1) by a stranger works unless it would have to clear a bit
            file f 0644 U
            file s 4755 U
            file g 2755 U
            file n 2745 U
            dir d 6777 U
            S chown f -1 -1
            S chown s -1 -1 -> EPERM
            S chown g -1 -1 -> EPERM
            S chown n -1 -1 -> EPERM
            S chown d -1 -1
            S mode d -> 06777

            == 3 chown clears set-id bits of a file, by root too
            file a 6777 U
            file b 6777 U
            file c 2747 U
            file e 2747 2001:3001
            file r 2747 U
            dir d 6777 U
            U chown a -1 -1
            U mode a -> 0777
            R chown b -1 -1
            R mode b -> 0777
            U chown c -1 2001
            U mode c -> 02747
            U chown e -1 2001
            U mode e -> 0747
            R chown r 2002 2002
            R mode r -> 02747
            U chown d -1 2001
            U mode d -> 06777

            == 3 chown of a link itself
            file f 0644 U
            symlink l f
            U lchown l 2001 2001
            U lchown l 2002 -1 -> EPERM
            R lchown l 2002 2002
            R owner l -> 2002:2002
            R owner f -> 2001:2001

            == 3 write and truncate clear set-id bits of all but root
            file w 6777 U
            file t 6777 U
            file h 6777 U
            file o 6777 U
            file open 6777 U
            file empty 6777 U
            file r 6777 U
            file sticky 7777 U
            U write w x
            U mode w -> 0777
            U truncate t 5
            U mode t -> 0777
            U open h RDWR h
            U htruncate h 5
            U mode h -> 0777
            U open o RDONLY,TRUNC
            U mode o -> 0777
            U open open RDWR
            U mode open -> 06777
            U write empty ''
            U mode empty -> 06777
            R write r x
            R mode r -> 06777
            U write sticky x
            U mode sticky -> 01777

            == 3 write keeps setgid without group x for a member, and takes it from a stranger
            file own 2767 U
            file other 2767 2001:3001
            U write own x
            U mode own -> 02767
            U write other x
            U mode other -> 0767

            == 3 truncate: size, walk, directory, bits
            dir d 0000 R
            file f 0444 U
            file w 0222 U
            U truncate missing/x -1 -> EINVAL
            U truncate d -1 -> EINVAL
            U truncate missing 0 -> ENOENT
            U truncate d 0 -> EISDIR
            U truncate f 0 -> EACCES
            U truncate w 8
            U size w -> 8
            U truncate w 9223372036854775807

            == 3 utimens explicit: owner or root
            file f 0666 U
            U utimes f
            R utimes f
            G utimes f -> EPERM
            S utimes f -> EPERM
            U utimes missing -> ENOENT

            == 3 utimens now: owner, root or write permission
            file f 0466 U
            file g 0440 U
            G utimes f now
            S utimes f now
            G utimes g now -> EACCES
            S utimes g now -> EACCES
            U utimes g now
            R utimes g now

            == 3 utimens of a link itself: now works for everybody
            symlink l nowhere
            U lutimes l
            G lutimes l -> EPERM
            G lutimes l now
            S lutimes l now
            G utimes l now -> ENOENT

            == 3 link counts: 2 and the number of sub-directories, 0 after removal
            dir d 0755 U
            dir d/a 0755 U
            dir e 0755 U
            file d/f 0644 U
            U names d -> 3
            U mkdir d/b
            U names d -> 4
            U rename d/b e/b
            U names d -> 3
            U names e -> 3
            U open d/a RDONLY h
            U rmdir d/a
            U hnames h -> 0
            U names d -> 2
            U link d/f d/g
            U names d/f -> 2

            == 3 times: create, mkdir and symlink change P
            dir p 0755 U
            time p
            U create p/f
            U times p -> -m
            dir q 0755 U
            time q
            U mkdir q/d
            U times q -> -m
            dir r 0755 U
            time r
            U symlink x r/l
            U times r -> -m

            == 3 times: write of at least a byte, O_TRUNC of an empty file, ftruncate
            file w 0644 U
            time w
            U write w x
            U times w -> -m
            file o 0644 U ''
            time o
            U open o WRONLY,TRUNC
            U times o -> -m
            file h 0644 U
            time h
            U open h RDWR h
            U htruncate h 5
            U times h -> -m
            file t 0644 U
            time t
            U truncate t 4
            U times t -> -m

            == 3 times: truncate to the same size changes nothing of a file without data, on tmpfs, and both otherwise
            # The design page says "nothing on tmpfs": true where no page is allocated.
            file empty 0644 U ''
            time empty
            U truncate empty 0
            U times empty -> --
            sparse hole 0644 U 9000
            time hole
            U truncate hole 9000
            U times hole -> --
            file data 0644 U
            time data
            U truncate data 5
            U times data -> -m

            == 3 times: what changes nothing
            file f 0644 U
            time f
            dir p 0755 U
            file p/f 0644 U
            time p
            U open f RDWR,CREAT
            U write f ''
            U mkdir f -> EEXIST
            U rename f f
            U times f -> --
            U create p/f
            U unlink p/missing -> ENOENT
            U mkdir p/f -> EEXIST
            U rename p/f p/f
            U times p -> --

            == 3 times: read, readdir and readlink change atime where it is not newer
            file f 0644 U
            time f
            dir d 0755 U
            time d
            U read f -> 'hello'
            U times f -> a-
            U readdir d -> []
            U times d -> a-

            == 3 times: link, unlink, rmdir and rename change the parents
            dir p 0755 U
            dir q 0755 U
            file p/f 0644 U
            dir p/d 0755 U
            time p
            time q
            U chmod p/f 0644
            U link p/f q/f
            U times p -> --
            U times q -> -m
            U utimes q
            U unlink q/f
            U rename p/f q/f
            U times p -> -m

            == 3 times: a renamed or linked object keeps its own atime and mtime
            file f 0644 U
            time f
            U rename f g
            U link g h
            U unlink h
            U chmod g 0600
            U chown g -1 2001
            U times g -> --
            """;

    @TestFactory
    Stream<DynamicTest> rules() {
        return Rules.onTheFake(RULES);
    }
}
