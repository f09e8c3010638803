package com.cocalc.storage.rwx.nio;

import com.cocalc.storage.rwx.nio.path.GlobPattern;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.Pattern;

/** Matches the text of a path as a whole. */
final class RwxPathMatcher implements PathMatcher {
    private final Pattern pattern;

    private RwxPathMatcher(Pattern pattern) {
        this.pattern = pattern;
    }

    static RwxPathMatcher parse(String syntaxAndInput) {
        int colon = syntaxAndInput.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException();
        }
        String syntax = syntaxAndInput.substring(0, colon);
        String input = syntaxAndInput.substring(colon + 1);
        if (syntax.equalsIgnoreCase("glob")) {
            return new RwxPathMatcher(GlobPattern.compile(input));
        }
        if (syntax.equalsIgnoreCase("regex")) {
            return new RwxPathMatcher(Pattern.compile(input));
        }
        throw new UnsupportedOperationException("Syntax '" + syntax + "' not recognized");
    }

    @Override
    public boolean matches(Path path) {
        return pattern.matcher(path.toString()).matches();
    }
}
