package com.cocalc.storage.rwx;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** posix-semantics.md, section 3: unlink, rmdir, rename and link. */
class Section3RemovingTest {
    static final String RULES = """
            == 3 unlink 1: the walk of P
            file f 0644 U
            dir closed 0666 U
            U unlink missing/x -> ENOENT
            U unlink f/x -> ENOTDIR
            U unlink closed/x -> EACCES

            == 3 unlink 2: dots and slash are EISDIR
            dir d 0755 U
            U unlink . -> EISDIR
            U unlink .. -> EISDIR
            U unlink / -> EISDIR
            U unlink d/. -> EISDIR
            U unlink d/.. -> EISDIR

            == 3 unlink 3: missing, also where P is not writable
            dir ro 0555 R
            U unlink ro/missing -> ENOENT
            U unlink ro/missing/ -> ENOENT

            == 3 unlink 4: trailing slash, before permissions
            dir ro 0555 R
            dir ro/d 0755 R
            file ro/f 0644 R
            symlink ro/l d
            U unlink ro/d/ -> EISDIR
            U unlink ro/f/ -> ENOTDIR
            U unlink ro/l/ -> ENOTDIR

            == 3 unlink 5, 6, 7: bits, then sticky, then directory
            dir ro 0555 R
            dir ro/d 0755 U
            dir t 1777 R
            dir t/d 0755 R
            dir rw 0755 U
            dir rw/d 0755 U
            U unlink ro/d -> EACCES
            U unlink t/d -> EPERM
            U unlink rw/d -> EISDIR
            U rmdir rw/d

            == 3 rmdir 1, 2: the walk and special names
            dir d 0755 U
            file f 0644 U
            U rmdir missing/x -> ENOENT
            U rmdir f/x -> ENOTDIR
            U rmdir . -> EINVAL
            U rmdir d/. -> EINVAL
            U rmdir .. -> ENOTEMPTY
            U rmdir d/.. -> ENOTEMPTY
            U rmdir / -> EBUSY
            U rmdir // -> EBUSY

            == 3 rmdir 3, 5, 6: missing, bits, sticky
            dir ro 0555 R
            dir ro/full 0755 U
            file ro/full/x 0644 U
            file ro/f 0644 U
            dir t 1777 R
            dir t/full 0755 R
            file t/full/x 0644 R
            file t/f 0644 R
            U rmdir ro/missing -> ENOENT
            U rmdir ro/full -> EACCES
            U rmdir ro/f -> EACCES
            U rmdir t/full -> EPERM
            U rmdir t/f -> EPERM

            == 3 rmdir 7, 8: not a directory, not empty
            dir full 0755 U
            file full/x 0644 U
            file f 0644 U
            symlink l full
            symlink dangling nowhere
            U rmdir f -> ENOTDIR
            U rmdir f/ -> ENOTDIR
            U rmdir l -> ENOTDIR
            U rmdir l/ -> ENOTDIR
            U rmdir dangling -> ENOTDIR
            U rmdir full -> ENOTEMPTY
            U unlink full/x
            U rmdir full/

            == 3 sticky does not restrict write, chmod or link
            dir t 1777 R
            file t/f 0666 R
            file t/u 0644 U
            U write t/f HELLO
            U link t/f t/g
            U chmod t/u 0600

            == 3 an unlinked open file lives on in its handle
            file f 0644 U
            U open f RDWR h
            U unlink f
            U hnames h -> 0
            U hwrite h HELLO 0
            U hread h -> 'HELLO'
            U stat f -> ENOENT

            == 3 a removed open directory is empty, and nothing is created in it
            dir d 0755 U
            dir d/e 0755 U
            U open d/e RDONLY h
            U rmdir d/e
            U hnames h -> 0
            U hreaddir h -> []

            == 3 a removed root of a sub-path refuses new names
            dir d 0755 U
            R rmdir d
            U@d names / -> 0
            U@d readdir / -> []
            U@d create x -> ENOENT
            U@d mkdir x -> ENOENT
            U@d symlink x y -> ENOENT
            U@d stat (n){256} -> ENOENT
            U@d create (n){256} -> ENOENT
            U@d stat .. -> ok

            == 3 rename 1: source's P, then target's P
            file f 0644 U
            dir closed 0666 U
            U rename f/x closed/x -> ENOTDIR
            U rename closed/x f/x -> EACCES
            U rename f closed/x -> EACCES
            U rename missing closed/x -> EACCES

            == 3 rename 2: different mounts, before existence and before EROFS
            dir p 0755 U
            dir q 0755 U
            file p/f 0644 U
            U@p cross f g U@q -> EXDEV
            U@p cross missing g U@q -> EXDEV
            U@p cross f g U@q:ro -> EXDEV
            U@p:ro cross f g U@q -> EXDEV
            U cross p/f g U@p -> EXDEV
            U@p cross f missing/g U@q -> ENOENT
            U@p cross f/x g U@q -> ENOTDIR

            == 3 rename 3: either last element is dot, dot-dot or slash
            dir d 0755 U
            file f 0644 U
            U rename . x -> EBUSY
            U rename .. x -> EBUSY
            U rename / x -> EBUSY
            U rename d/. x -> EBUSY
            U rename d/.. x -> EBUSY
            U rename f . -> EBUSY
            U rename f d/. -> EBUSY
            U rename missing d/.. -> EBUSY
            U rename missing / -> EBUSY

            == 3 rename 4: source missing, before slashes, sticky and bits
            dir ro 0555 R
            U rename ro/missing ro/x -> ENOENT
            U rename missing x/ -> ENOENT
            U rename missing/ x -> ENOENT

            == 3 rename 5: a slash where the source is no directory, before permissions
            dir ro 0555 R
            file ro/f 0644 R
            dir d 0755 U
            symlink l d
            symlink ro/l x
            U rename ro/f/ ro/x -> ENOTDIR
            U rename ro/f ro/x/ -> ENOTDIR
            U rename l/ x -> ENOTDIR
            U rename l x/ -> ENOTDIR
            U rename ro/l x/ -> ENOTDIR
            U rename d/ e/
            U kind e -> dir

            == 3 rename 6: into itself, before permissions
            dir ro 0555 R
            dir ro/d 0755 R
            dir ro/d/e 0755 R
            U rename ro/d ro/d/x -> EINVAL
            U rename ro/d ro/d/e -> EINVAL
            U rename ro/d ro/d/e/x -> EINVAL

            == 3 rename 7: onto an ancestor, before permissions
            dir ro 0555 R
            dir ro/d 0755 R
            file ro/d/f 0644 R
            dir ro/d/e 0755 R
            U rename ro/d/f ro/d -> ENOTEMPTY
            U rename ro/d/e ro/d -> ENOTEMPTY
            U rename ro/d/e ro -> ENOTEMPTY

            == 3 rename 8: two names of one file: nothing, without permission and in spite of sticky
            dir ro 0555 R
            file ro/f 0644 R
            hard ro/g ro/f
            dir t 1777 R
            file t/f 0644 R
            hard t/g t/f
            dir d 0755 U
            U rename ro/f ro/g
            U rename ro/f ro/f
            U rename t/f t/g
            U rename d d
            U names ro/f -> 2
            U names t/f -> 2

            == 3 rename 9: source's P, then sticky on the source, before the target is looked at
            dir ro 0555 R
            file ro/f 0644 U
            dir t 1777 R
            file t/f 0644 R
            dir ro2 0555 R
            dir full 0755 U
            file full/x 0644 U
            U rename ro/f x -> EACCES
            U rename t/f x -> EPERM
            U rename t/f ro2/x -> EPERM
            U rename ro/f full -> EACCES
            U rename t/f full -> EPERM

            == 3 rename 10: target's P, then sticky on the target
            dir ro 0555 R
            file ro/f 0644 U
            dir t 1777 R
            file t/f 0644 R
            dir t/d 0755 R
            file f 0644 U
            U rename f ro/new -> EACCES
            U rename f ro/f -> EACCES
            U rename f t/f -> EPERM
            U rename f t/d -> EPERM
            U rename f t/new

            == 3 rename 11: kinds
            dir d 0755 U
            file f 0644 U
            symlink l d
            symlink fl f
            U rename d f -> ENOTDIR
            U rename d l -> ENOTDIR
            U rename f d -> EISDIR
            U rename l d -> EISDIR
            U rename fl f
            U kind f -> link

            == 3 rename 12: a directory that changes its parent needs write permission on itself
            dir p 0755 U
            dir own 0555 U
            dir w 0200 U
            dir r 0555 U
            file p/f 0644 U
            U rename own own2
            U rename own2 p/own -> EACCES
            U rename own2 p/f -> ENOTDIR
            U rename w p/w
            R rename r p/r

            == 3 rename 12 before 13: write on the directory before the target's emptiness
            dir p 0755 U
            dir own 0555 U
            dir p/full 0755 U
            file p/full/x 0644 U
            U rename own p/full -> EACCES

            == 3 rename 13: a full target
            dir d 0755 U
            dir full 0755 U
            file full/x 0644 U
            dir empty 0755 U
            U rename d full -> ENOTEMPTY
            U rename d empty
            U rename full empty
            U readdir empty -> [x]

            == 3 rename: links are renamed and replaced themselves
            dir d 0755 U
            file f 0644 U
            symlink l d
            symlink dangling nowhere
            U rename l m
            U kind m -> link
            U rename dangling n
            U rename f n
            U kind n -> file
            U stat nowhere -> ENOENT

            == 3 link 1: the source, which must exist and is not followed
            symlink dangling nowhere
            dir closed 0666 U
            U link missing closed/x -> ENOENT
            U link missing/x y -> ENOENT
            U link dangling second
            U names dangling -> 2
            U kind second -> link

            == 3 link 2, 3, 4: target's P, EEXIST, slash
            file f 0644 U
            dir ro 0555 R
            file ro/g 0644 R
            dir closed 0666 U
            U link f closed/x -> EACCES
            U link f missing/x -> ENOENT
            U link f ro/g -> EEXIST
            U link f . -> EEXIST
            U link f / -> EEXIST
            U link f f -> EEXIST
            U link f new/ -> ENOENT
            U link f/ new -> ENOTDIR
            U link f ro/g/ -> EEXIST

            == 3 link 5: different mounts, after EEXIST and before protection
            dir p 0755 U
            dir q 0555 R
            file p/f 0600 R
            file q/x 0644 R
            U@p crosslink f new U@q -> EXDEV
            U@p crosslink f x U@q -> EEXIST
            U@p crosslink missing new U@q -> ENOENT

            == 3 link 6, 7: protection before P's bits
            dir ro 0555 R
            file root 0644 R
            file mine 0000 U
            U link root ro/x -> EPERM
            U link root x -> EPERM
            U link mine ro/x -> EACCES

            == 3 link 8: a directory, for root too, after P's bits
            dir d 0755 U
            dir ro 0555 R
            U link d x -> EPERM
            R link d x -> EPERM
            U link d ro/x -> EACCES
            U link . x -> EPERM
            U link / x -> EPERM

            == 3 link, protected_hardlinks: what a stranger may link
            file plain 0666 R
            file read 0644 R
            file write 0622 R
            file setuid 4666 R
            file setgid 2676 R
            file setgidNoX 2666 R
            symlink ofU x
            file mine 0000 U
            dir d 0755 R
            G link plain a
            G link read b -> EPERM
            G link write c -> EPERM
            G link setuid d1 -> EPERM
            G link setgid e -> EPERM
            G link setgidNoX f
            G link ofU g -> EPERM
            U link ofU h
            U link mine i
            G link d j -> EPERM
            S link plain k
            S link setuid l -> EPERM
            R link setuid m
            """;

    @TestFactory
    Stream<DynamicTest> rules() {
        return Rules.onTheFake(RULES);
    }
}
