package com.cocalc.storage.cli.output;

import com.cocalc.storage.MessageText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats a table. */
public final class Table {

    private Table() {}

    /**
     * Returns the texts as columns if they fit, otherwise as a block of lines for each row; the first row contains the
     * headings.
     */
    public static String of(List<List<String>> texts, int width) {
        String columns = of(texts);
        return columns.lines().allMatch(line -> line.length() <= width) ? columns : blocks(texts);
    }

    private static String blocks(List<List<String>> texts) {
        List<String> headings = texts.get(0);
        return texts.stream()
                .skip(1)
                .map(row -> of(IntStream.range(0, row.size())
                        .mapToObj(i -> List.of(headings.get(i), row.get(i)))
                        .toList()))
                .collect(Collectors.joining("\n"));
    }

    public static String of(List<List<String>> texts) {
        List<List<String>> rows = texts.stream()
                .map(row -> row.stream().map(Table::onTerminal).toList())
                .toList();
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    /** Returns foreign text without characters that move the cursor. */
    public static String onTerminal(String text) {
        return MessageText.visible(text);
    }
}
