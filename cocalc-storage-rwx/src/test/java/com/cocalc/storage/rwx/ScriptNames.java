package com.cocalc.storage.rwx;

import com.cocalc.storage.rwx.disk.ByteText;
import com.cocalc.storage.rwx.disk.ErrnoException;
import com.cocalc.storage.rwx.kernel.OpenFile;
import com.cocalc.storage.rwx.kernel.OpenFlags;
import com.cocalc.storage.rwx.kernel.Syscalls;
import java.util.Arrays;

/** Both ends of a rename or link from one mount to another: parents that are open, and plain names in them. */
final class ScriptNames implements AutoCloseable {
    private final OpenFile sourceDirectory;
    private final byte[] source;
    private final OpenFile targetDirectory;
    private final byte[] target;

    private ScriptNames(OpenFile sourceDirectory, byte[] source, OpenFile targetDirectory, byte[] target) {
        this.sourceDirectory = sourceDirectory;
        this.source = source;
        this.targetDirectory = targetDirectory;
        this.target = target;
    }

    static ScriptNames of(ScriptMachine machine, ScriptView caller, ScriptFields op) throws ErrnoException {
        byte[] from = plainEnd(op, "path");
        OpenFile sourceDirectory = openParent(caller.calls(), from);
        try {
            ScriptView target = machine.view(op.text("toMount"));
            byte[] to = plainEnd(op, "to");
            OpenFile targetDirectory = openParent(target.usedBy(caller), to);
            return new ScriptNames(sourceDirectory, lastName(from), targetDirectory, lastName(to));
        } catch (ErrnoException e) {
            sourceDirectory.close();
            throw e;
        }
    }

    OpenFile sourceDirectory() {
        return sourceDirectory;
    }

    byte[] source() {
        return source;
    }

    OpenFile targetDirectory() {
        return targetDirectory;
    }

    byte[] target() {
        return target;
    }

    @Override
    public void close() throws ErrnoException {
        sourceDirectory.close();
        targetDirectory.close();
    }

    private static byte[] plainEnd(ScriptFields op, String name) {
        byte[] path = op.path(name);
        String last = ByteText.withSurrogates(lastName(path));
        if (last.isEmpty() || last.equals(".") || last.equals("..")) {
            throw new ScriptFailure("ValueError: with toMount, path and to must end in a plain name, but was " + "'"
                    + op.text(name) + "'");
        }
        return path;
    }

    private static OpenFile openParent(Syscalls calls, byte[] path) throws ErrnoException {
        int slash = lastSlash(path);
        byte[] directory = slash < 0 ? new byte[] {'.'} : Arrays.copyOf(path, Math.max(1, slash));
        return calls.open(null, directory, OpenFlags.PATH | OpenFlags.DIRECTORY, 0);
    }

    private static byte[] lastName(byte[] path) {
        return Arrays.copyOfRange(path, lastSlash(path) + 1, path.length);
    }

    private static int lastSlash(byte[] path) {
        int slash = path.length - 1;
        while (slash >= 0 && path[slash] != '/') {
            slash--;
        }
        return slash;
    }
}
