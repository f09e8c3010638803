package com.cocalc.storage.yaml;

import org.jspecify.annotations.Nullable;

/** Characters of a text, two bytes for each until one needs more. */
final class Window {

    private char[] narrow;
    /** In place of the others as soon as a character needs it. */
    private int @Nullable [] wide;

    Window(int length) {
        narrow = new char[length];
    }

    int length() {
        return wide == null ? narrow.length : wide.length;
    }

    int get(int index) {
        return wide == null ? narrow[index] : wide[index];
    }

    void set(int index, int c) {
        if (wide == null && c > Character.MAX_VALUE) {
            widen(index);
        }
        if (wide == null) {
            narrow[index] = (char) c;
        } else {
            wide[index] = c;
        }
    }

    private void widen(int end) {
        int[] target = new int[narrow.length];
        for (int i = 0; i < end; i++) {
            target[i] = narrow[i];
        }
        wide = target;
        narrow = new char[0];
    }

    /** Moves characters to the front, in a window of another length unless that is 0. */
    void moveToFront(int start, int count, int newLength) {
        if (wide == null) {
            char[] target = newLength == 0 ? narrow : new char[newLength];
            System.arraycopy(narrow, start, target, 0, count);
            narrow = target;
        } else {
            int[] target = newLength == 0 ? wide : new int[newLength];
            System.arraycopy(wide, start, target, 0, count);
            wide = target;
        }
    }

    String text(int start, int count) {
        return wide == null ? new String(narrow, start, count) : new String(wide, start, count);
    }
}
