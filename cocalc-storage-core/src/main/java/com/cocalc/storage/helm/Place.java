package com.cocalc.storage.helm;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A place in a file.
 *
 * @param fileIndex the index of the file
 * @param file its name, fit for a message
 * @param line from 1
 * @param column from 1, in Unicode characters
 */
record Place(int fileIndex, String file, int line, int column) {

    static Place of(Source source, Node node) {
        return of(source, node.getStartMark());
    }

    static Place of(Source source, Mark mark) {
        return new Place(source.index(), source.name(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    @Override
    public String toString() {
        return file + ", line " + line + ", column " + column;
    }
}
