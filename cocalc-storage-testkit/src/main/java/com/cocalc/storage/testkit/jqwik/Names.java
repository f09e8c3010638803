package com.cocalc.storage.testkit.jqwik;

import com.cocalc.storage.LicenseId;
import com.cocalc.storage.PosixIdentity;
import com.cocalc.storage.ProjectId;
import java.util.List;
import java.util.UUID;

/** Ids, accounts and names of Kubernetes objects. */
final class Names {

    static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String WITH_DASH = LETTERS_AND_DIGITS + "-";
    private static final List<Long> ACCOUNTS = List.of(2001L, 1L, 65534L, 1000L, (long) Integer.MAX_VALUE);

    private Names() {}

    static ProjectId projectId(Draw draw) {
        return ProjectId.of(uuid(draw));
    }

    static LicenseId licenseId(Draw draw) {
        return LicenseId.of(uuid(draw));
    }

    static UUID uuid(Draw draw) {
        return new UUID(draw.bits(), draw.bits());
    }

    /** Draws any user except root. */
    static PosixIdentity user(Draw draw) {
        return PosixIdentity.of(account(draw, 1), account(draw, 0));
    }

    static PosixIdentity identity(Draw draw) {
        return draw.oneIn(8) ? PosixIdentity.ROOT : PosixIdentity.of(account(draw, 0), account(draw, 0));
    }

    private static long account(Draw draw, int min) {
        return draw.oneIn(2) ? draw.between(min, Integer.MAX_VALUE) : draw.of(ACCOUNTS);
    }

    /** Draws a DNS-1123 subdomain of 1 to 253 characters. */
    static String subdomain(Draw draw) {
        StringBuilder name = new StringBuilder();
        draw.list(1, 4, () -> {
            name.append(name.isEmpty() ? "" : ".");
            appendLabel(draw, name, 8);
            return name;
        });
        return sometimesLong(draw, name, 253);
    }

    /** Draws a DNS-1123 label of 1 to 63 characters. */
    static String label(Draw draw) {
        StringBuilder name = new StringBuilder();
        appendLabel(draw, name, 12);
        return sometimesLong(draw, name, 63);
    }

    /** Fills a name up to a length that is often the largest. */
    private static String sometimesLong(Draw draw, StringBuilder name, int longest) {
        draw.maybe(32, () -> {
            int length = draw.weighing(16, draw.between(1, longest));
            name.append(String.valueOf(name.charAt(0)).repeat(Math.max(0, length - name.length())));
        });
        return name.toString();
    }

    private static void appendLabel(Draw draw, StringBuilder name, int longest) {
        int start = name.length();
        draw.list(1, longest, () -> name.append(letter(draw, WITH_DASH)));
        // A dash is neither first nor last.
        fix(name, start);
        fix(name, name.length() - 1);
    }

    private static void fix(StringBuilder name, int at) {
        if (name.charAt(at) == '-') {
            name.setCharAt(at, '0');
        }
    }

    static char letter(Draw draw, String alphabet) {
        return alphabet.charAt(draw.upTo(alphabet.length() - 1));
    }
}
