package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.output.FindingsReport;
import com.cocalc.storage.cli.output.Screen;
import com.cocalc.storage.cli.output.Table;
import com.cocalc.storage.files.CopyListener;
import com.cocalc.storage.files.CopyProgress;

/** The progress of a copy, in one line of the terminal that is overwritten. */
final class ProgressLine implements CopyListener, AutoCloseable {

    private static final String ERASED = "\r\u001b[K";
    private static final int LAST_OF_ASCII = 0x7f;

    private final Screen screen;
    private boolean shown;

    ProgressLine(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void progressed(CopyProgress progress) {
        show(text(progress.files(), progress.bytes(), progress.current().toString()));
    }

    static String text(long files, long bytes, String current) {
        return FindingsReport.counted(files, "file") + ", " + ByteCount.text(bytes) + ", at " + current;
    }

    void show(String text) {
        if (screen.progress() == Screen.Progress.ON) {
            screen.err().print(ERASED + cut(Table.onTerminal(text), screen.width() - 1));
            screen.err().flush();
            shown = true;
        }
    }

    /** Cuts text to fit into one line; characters beyond ASCII may need two columns. */
    private static String cut(String text, int columns) {
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (int codePoint : text.codePoints().toArray()) {
            used += codePoint > LAST_OF_ASCII ? 2 : 1;
            if (used > columns) {
                break;
            }
            line.appendCodePoint(codePoint);
        }
        return line.toString();
    }

    /** Removes the line before the output that follows. */
    @Override
    public void close() {
        if (shown) {
            screen.err().print(ERASED);
            screen.err().flush();
            shown = false;
        }
    }
}
