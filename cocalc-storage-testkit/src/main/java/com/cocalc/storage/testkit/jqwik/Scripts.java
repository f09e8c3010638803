package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.testkit.jqwik.FileOperation.Append;
import com.cocalc.storage.testkit.jqwik.FileOperation.ChangeMode;
import com.cocalc.storage.testkit.jqwik.FileOperation.Create;
import com.cocalc.storage.testkit.jqwik.FileOperation.Delete;
import com.cocalc.storage.testkit.jqwik.FileOperation.HardLink;
import com.cocalc.storage.testkit.jqwik.FileOperation.ListNames;
import com.cocalc.storage.testkit.jqwik.FileOperation.Look;
import com.cocalc.storage.testkit.jqwik.FileOperation.MakeDirectory;
import com.cocalc.storage.testkit.jqwik.FileOperation.Read;
import com.cocalc.storage.testkit.jqwik.FileOperation.Rename;
import com.cocalc.storage.testkit.jqwik.FileOperation.SymbolicLink;
import com.cocalc.storage.testkit.jqwik.FileOperation.Write;
import java.util.ArrayList;
import java.util.List;

/** Draws scripts, with an approximate model of the files after each step. */
final class Scripts {

    private static final List<String> NAMES = List.of("a", "b", "c", "-rf", "x\ny", "a b", "ü", "...", "n".repeat(255));
    private static final List<String> TEXTS = List.of("", "x", "hello");
    private static final List<String> TARGETS = List.of("..", "/", "nowhere");
    private static final List<String> MODES = List.of("rwxr-xr-x", "---------", "rwx------", "r-xr-xr-x", "-w-------");

    private final Draw draw;
    private final List<String> directories = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    Scripts(Draw draw) {
        this.draw = draw;
    }

    List<FileOperation> operations() {
        return draw.list(1, 40, this::operation);
    }

    /**
     * Draws an operation. All kinds draw the same choices, so that one kind shrinks to a simpler one without changing
     * the rest of the script.
     */
    private FileOperation operation() {
        int kind = draw.upTo(12);
        String text = draw.of(TEXTS);
        String mode = draw.of(MODES);
        String fresh = fresh();
        boolean misses = draw.oneIn(8);
        List<String> some = draw.oneIn(2) ? files : directories;
        int which = draw.upTo(31);
        int other = draw.upTo(31);
        boolean replaces = draw.oneIn(2);
        String file = misses ? fresh : there(files, which, fresh);
        String any = misses ? fresh : there(some, which, fresh);
        return switch (kind) {
            case 0 -> new MakeDirectory(added(directories, fresh));
            case 1 -> new Create(added(files, fresh));
            case 2 -> new Write(added(files, fresh), text);
            case 3 -> new Delete(taken(any));
            case 4 -> new Rename(taken(any), added(some, replaces ? there(some, other, fresh) : fresh));
            case 5 -> new Append(file, text);
            case 6 -> new Read(file);
            case 7 -> new ListNames(misses ? fresh : there(directories, which, fresh));
            case 8 -> new HardLink(file, added(files, fresh));
            case 9 -> new SymbolicLink(misses ? TARGETS.get(other % TARGETS.size()) : any, added(files, fresh));
            case 10 -> new ChangeMode(any, mode);
            case 11 -> new Look(any);
            default -> new Write(any, text);
        };
    }

    /** Draws a new name in a directory that should exist. */
    private String fresh() {
        boolean isBelow = draw.oneIn(2);
        int parent = draw.upTo(15);
        String name = draw.maybe(4, () -> draw.weighing(4, draw.of(NAMES)), NAMES.get(draw.upTo(2)));
        return isBelow && !directories.isEmpty() ? directories.get(parent % directories.size()) + "/" + name : name;
    }

    private static String there(List<String> kind, int which, String otherwise) {
        return kind.isEmpty() ? otherwise : kind.get(which % kind.size());
    }

    private static String added(List<String> kind, String name) {
        if (!kind.contains(name)) {
            kind.add(name);
        }
        return name;
    }

    private String taken(String name) {
        files.remove(name);
        directories.remove(name);
        return name;
    }
}
