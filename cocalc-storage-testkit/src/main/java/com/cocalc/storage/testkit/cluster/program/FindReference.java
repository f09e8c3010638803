package com.cocalc.storage.testkit.cluster.program;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.attribute.FileTime;

/** What a condition of find compares with. */
record FindReference(FileSystem files, FindExpression.FollowedLinks links) {

    FileTime lastModified(String text) throws FindSyntaxException {
        Operand operand = Operand.of(files, text);
        try {
            return links.look(operand, 0).lastModified();
        } catch (IOException e) {
            throw new FindSyntaxException(Quoting.plain(text) + ": " + Reasons.of(e));
        }
    }
}
