package com.cocalc.storage.cli.files;

import com.cocalc.storage.cli.input.BadInputException;
import com.cocalc.storage.cli.output.Table;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them; each unit is 1024 of the previous one. */
final class ByteCount {

    private static final String UNITS = "KMGT";
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})([" + UNITS + "]?)");
    private static final int UNIT = 1024;

    private ByteCount() {}

    /** Parses {@code 500}, {@code 500K}, {@code 20M}, {@code 10G} or {@code 2T}. */
    static long parse(String name, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
            long unit = 1L << (10 * power);
            if (number <= Long.MAX_VALUE / unit) {
                return number * unit;
            }
        }
        throw new BadInputException(name + " must be a number of bytes with or without K, M, G or T, but was \""
                + Table.onTerminal(text) + "\"; write 10G for 10 GiB");
    }

    /** Returns a number with the unit that leaves up to four digits. */
    static String text(long bytes) {
        if (bytes < UNIT) {
            return bytes + " bytes";
        }
        double number = bytes;
        int power = -1;
        while (number >= UNIT && power < UNITS.length() - 1) {
            number /= UNIT;
            power++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", number, UNITS.charAt(power));
    }
}
