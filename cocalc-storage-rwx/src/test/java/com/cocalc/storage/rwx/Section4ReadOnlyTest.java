package com.cocalc.storage.rwx;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** posix-semantics.md, section 4: where EROFS comes in the order of errors. */
class Section4ReadOnlyTest {
    static final String RULES = """
            == 4 mkdir: after the walk and EEXIST, before EACCES of P
            dir p 0555 R
            file p/f 0644 R
            dir closed 0666 U
            U:ro mkdir missing/x -> ENOENT
            U:ro mkdir closed/x -> EACCES
            U:ro mkdir p/f -> EEXIST
            U:ro mkdir p/f/ -> EEXIST
            U:ro mkdir p/. -> EEXIST
            U:ro mkdir p/new -> EROFS
            U:ro mkdir p/new/ -> EROFS

            == 4 symlink: after an empty target, EEXIST and the slash, before EACCES of P
            dir p 0555 R
            file p/f 0644 R
            U:ro symlink '' p/new -> ENOENT
            U:ro symlink (x){4096} p/new -> ENAMETOOLONG
            U:ro symlink x p/f -> EEXIST
            U:ro symlink x p/new/ -> ENOENT
            U:ro symlink x p/new -> EROFS

            == 4 open, missing with O_CREAT
            dir p 0555 R
            file p/f 0444 R
            symlink p/dangling new
            U:ro open p/f WRONLY,CREAT,EXCL -> EEXIST
            U:ro open p/dangling WRONLY,CREAT,EXCL -> EEXIST
            U:ro open p/new WRONLY,CREAT -> EROFS
            U:ro open p/new WRONLY,CREAT,EXCL -> EROFS
            U:ro open p/new RDONLY,CREAT -> EROFS
            U:ro open p/dangling WRONLY,CREAT -> EROFS
            U:ro open p/new/ WRONLY,CREAT -> EISDIR
            U:ro open p/missing WRONLY -> ENOENT

            == 4 open existing for writing: after EISDIR and EACCES of X
            file f 0444 R
            file w 0644 U
            dir d 0755 U
            U:ro open d WRONLY -> EISDIR
            U:ro open f WRONLY -> EACCES
            U:ro open w WRONLY -> EROFS
            U:ro open w RDWR,CREAT -> EROFS
            U:ro open f RDWR -> EACCES

            == 4 open existing with O_TRUNC: after EISDIR, hides EACCES of X
            file f 0444 R
            dir d 0755 U
            U:ro open d RDONLY,TRUNC -> EISDIR
            U:ro open f WRONLY,TRUNC -> EROFS
            U:ro open f RDONLY,TRUNC -> EROFS
            U:ro open f WRONLY,CREAT,TRUNC -> EROFS

            == 4 unlink and rmdir: after the walk and special names, hides ENOENT and everything else
            dir p 0555 R
            file p/f 0644 R
            dir p/d 0755 R
            file p/d/x 0644 R
            dir closed 0666 U
            U:ro unlink missing/x -> ENOENT
            U:ro unlink closed/x -> EACCES
            U:ro unlink . -> EISDIR
            U:ro unlink / -> EISDIR
            U:ro unlink p/missing -> EROFS
            U:ro unlink p/f -> EROFS
            U:ro unlink p/f/ -> EROFS
            U:ro unlink p/d -> EROFS
            U:ro rmdir missing/x -> ENOENT
            U:ro rmdir p/. -> EINVAL
            U:ro rmdir p/.. -> ENOTEMPTY
            U:ro rmdir / -> EBUSY
            U:ro rmdir p/missing -> EROFS
            U:ro rmdir p/d -> EROFS
            U:ro rmdir p/f -> EROFS

            == 4 rename: after the walks, EXDEV and EBUSY, hides ENOENT, EINVAL and the same file
            dir p 0755 U
            file p/f 0644 U
            dir p/d 0755 U
            U:ro rename missing/x p/f -> ENOENT
            U:ro rename p/f missing/x -> ENOENT
            U:ro rename p/. x -> EBUSY
            U:ro rename p/f / -> EBUSY
            U:ro cross p/f p/g U -> EXDEV
            U cross p/f p/g U:ro -> EXDEV
            U:ro rename p/missing p/x -> EROFS
            U:ro rename p/d p/d/x -> EROFS
            U:ro rename p/f p/f -> EROFS
            U:ro rename p/f/ p/x -> EROFS

            == 4 link: after ENOENT of the source and EEXIST, hides EXDEV, EPERM and EACCES
            dir p 0555 R
            file p/f 0600 R
            file p/g 0644 R
            dir q 0755 U
            file q/f 0644 U
            U:ro link p/missing p/x -> ENOENT
            U:ro link p/f p/g -> EEXIST
            U:ro link p/f p/x -> EROFS
            U:ro link p p/x -> EROFS
            U:ro link p/f p/x/ -> ENOENT
            U@q crosslink f x U@p:ro -> EROFS
            U@q:ro crosslink f x U@p -> EXDEV

            == 4 chmod, chown, utimens: after the walk, hides EPERM and EACCES
            file f 0600 R
            symlink dangling nowhere
            symlink l f
            U:ro chmod missing 0644 -> ENOENT
            U:ro chmod dangling 0644 -> ENOENT
            U:ro chmod f 0644 -> EROFS
            U:ro chown missing -1 -1 -> ENOENT
            U:ro chown f 2002 -1 -> EROFS
            U:ro chown f -1 -1 -> EROFS
            U:ro lchown l -1 -1 -> EROFS
            U:ro utimes missing now -> ENOENT
            U:ro utimes f now -> EROFS
            U:ro utimes f -> EROFS
            U:ro lutimes l now -> EROFS

            == 4 truncate: after EINVAL, EISDIR and EACCES
            file f 0444 R
            file w 0644 U
            dir d 0755 U
            U:ro truncate w -1 -> EINVAL
            U:ro truncate d 0 -> EISDIR
            U:ro truncate f 0 -> EACCES
            U:ro truncate w 0 -> EROFS
            U:ro truncate missing 0 -> ENOENT

            == 4 access W_OK: after EACCES
            file f 0444 U
            file w 0644 U
            U:ro access f w -> EACCES
            U:ro access w w -> EROFS
            R:ro access f w -> EROFS

            == 4 O_RDONLY works, with O_CREAT too when the file exists
            file f 0644 U
            dir d 0755 U
            time f
            U:ro open f RDONLY
            U:ro open f RDONLY,CREAT
            U:ro read f -> 'hello'
            U:ro readdir d -> []
            U:ro times f -> --
            """;

    @TestFactory
    Stream<DynamicTest> rules() {
        return Rules.onTheFake(RULES);
    }
}
