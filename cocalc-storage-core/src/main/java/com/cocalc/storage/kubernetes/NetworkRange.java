package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import com.cocalc.storage.kubernetes.apiserver.CidrText;
import java.math.BigInteger;

/** A range of IPv4 or IPv6 addresses in CIDR notation, in the form that the API server accepts without a warning. */
public final class NetworkRange {

    private static final int GROUPS = 8;

    /** The first 96 bits of an IPv4 address that is written as IPv6. */
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    private final CidrText block;

    private NetworkRange(CidrText block) {
        this.block = block;
    }

    /**
     * Parses a range.
     *
     * @param text for example {@code 10.0.0.0/16} or {@code 2001:db8::/64}
     * @return the range
     * @throws IllegalArgumentException if it is not a range, has bits set after its prefix, or is not in canonical form
     */
    public static NetworkRange parse(String text) {
        requireNonNull(text, "network range");
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw refused(
                    text,
                    "end with the length of its prefix",
                    "write \"" + MessageText.plain(text) + "/32\" for one IPv4 address");
        }
        String address = text.substring(0, slash);
        if (!CidrText.isAddress(address)) {
            throw refused(text, "be an IPv4 or IPv6 address before the '/'", "write for example \"10.0.0.0/16\"");
        }
        CidrText block = CidrText.parse(text);
        if (block == null) {
            int bits = address.indexOf(':') >= 0 ? 128 : 32;
            throw refused(text, "have a prefix of 0 to " + bits + " bits", "write for example \"/" + bits / 2 + "\"");
        }
        if (block.bits() == 128 && block.address().shiftRight(32).equals(MAPPED)) {
            throw refused(text, "not be an IPv4 range written as IPv6", "write the IPv4 range");
        }
        NetworkRange range = new NetworkRange(block);
        if (!range.toString().equals(text)) {
            throw refused(
                    text,
                    "be written as the API server writes it, without bits behind the prefix",
                    "write \"" + range + "\"");
        }
        return range;
    }

    private static InvalidValueException refused(String text, String rule, String remedy) {
        return InvalidValueException.of("network range", rule, MessageText.quoted(text), remedy);
    }

    /**
     * Returns whether another range is inside this one and smaller. Ranges of different families never contain each
     * other.
     *
     * @param other the other range
     * @return whether it is a proper part of this range
     */
    public boolean strictlyContains(NetworkRange other) {
        return block.strictlyContains(other.block);
    }

    /** {@return whether this range contains all addresses of its family} */
    public boolean isEverywhere() {
        return block.prefix() == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkRange that && block.equals(that.block);
    }

    @Override
    public int hashCode() {
        return block.hashCode();
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return (block.bits() == 32 ? dotted() : colons()) + "/" + block.prefix();
    }

    private String dotted() {
        long number = block.address().longValueExact();
        return (number >> 24) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    /**
     * Returns the form of RFC 5952: no leading zeros, lower case, the longest run of two or more zero groups (the first
     * of equal ones) as "::".
     */
    private String colons() {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = block.address().shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
