package com.cocalc.storage.text;

/** Text that UTF-8 can hold: each surrogate is one half of a pair. */
public final class UnicodeText {

    private UnicodeText() {}

    /**
     * Finds the first unpaired surrogate.
     *
     * @param text any text
     * @return its index, or -1 if the text consists of whole Unicode characters
     */
    public static int indexOfHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
