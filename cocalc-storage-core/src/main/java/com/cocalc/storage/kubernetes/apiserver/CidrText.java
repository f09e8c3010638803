package com.cocalc.storage.kubernetes.apiserver;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses as the API server reads it, which accepts leading zeros, set host bits and upper case.
 *
 * @param address the number of its first address
 * @param bits 32 or 128
 * @param prefix the number of fixed leading bits
 */
public record CidrText(BigInteger address, int bits, int prefix) {

    /** The bits that an address of IPv4 has before its own if it is written as IPv6. */
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffffL << 32);

    /**
     * Parses a block.
     *
     * @param text any text
     * @return the block, or null if the server does not accept the text as a block
     */
    public static @Nullable CidrText parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        int prefix = number(text.substring(slash + 1), 128);
        String host = text.substring(0, slash);
        byte[] bytes = host.indexOf(':') >= 0 ? parseSix(host) : parseFour(host);
        if (bytes == null || prefix < 0 || prefix > bytes.length * 8) {
            return null;
        }
        int bits = bytes.length * 8;
        BigInteger address = new BigInteger(1, bytes);
        return new CidrText(address.shiftRight(bits - prefix).shiftLeft(bits - prefix), bits, prefix);
    }

    /**
     * Returns whether a text is an address, as the server reads it.
     *
     * @param text any text
     * @return whether it is an address without a prefix
     */
    public static boolean isAddress(String text) {
        return text.indexOf('/') < 0 && parse(text + "/0") != null;
    }

    /**
     * Returns whether another block is inside this one and has a longer prefix. Blocks of different families never
     * contain each other. A block of IPv4 that is written as IPv6 is one of IPv4, but the lengths of prefixes are
     * compared as they are written, as the server does it.
     *
     * @param other the other block
     * @return whether it is a proper part of this block
     */
    public boolean strictlyContains(CidrText other) {
        int free = bits - prefix;
        BigInteger here = isMapped() ? address.xor(MAPPED) : address;
        BigInteger there = other.isMapped() ? other.address.xor(MAPPED) : other.address;
        return isFour() == other.isFour()
                && prefix < other.prefix
                && here.equals(there.shiftRight(free).shiftLeft(free));
    }

    private boolean isFour() {
        return bits == 32 || isMapped();
    }

    private boolean isMapped() {
        return bits == 128 && address.shiftRight(32).equals(MAPPED.shiftRight(32));
    }

    private static byte @Nullable [] parseFour(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = number(parts[i], 255);
            if (part < 0) {
                return null;
            }
            bytes[i] = (byte) part;
        }
        return bytes;
    }

    private static byte @Nullable [] parseSix(String host) {
        int gap = host.indexOf("::");
        if (gap >= 0 && host.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        if (gap >= 0 && host.lastIndexOf('.', gap) >= 0) {
            return null;
        }
        byte[] head = groups(gap < 0 ? host : host.substring(0, gap));
        byte[] tail = gap < 0 ? new byte[0] : groups(host.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int length = head.length + tail.length;
        if (gap < 0 ? length != 16 : length > 14) {
            return null;
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] four = parts[parts.length - 1].indexOf('.') >= 0 ? parseFour(parts[parts.length - 1]) : new byte[0];
        if (four == null || parts.length > 8) {
            return null;
        }
        int groups = four.length == 0 ? parts.length : parts.length - 1;
        byte[] bytes = new byte[groups * 2 + four.length];
        for (int i = 0; i < groups; i++) {
            if (!parts[i].matches("0*[0-9a-fA-F]{1,4}")) {
                return null;
            }
            int group = Integer.parseInt(parts[i].substring(Math.max(0, parts[i].length() - 4)), 16);
            bytes[2 * i] = (byte) (group >> 8);
            bytes[2 * i + 1] = (byte) group;
        }
        System.arraycopy(four, 0, bytes, groups * 2, four.length);
        return bytes;
    }

    /** Returns the number, or -1 if the text is not one; only digits are accepted, and leading zeros as well. */
    private static int number(String digits, int largest) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        BigInteger number = new BigInteger(digits);
        return number.bitLength() > 16 || number.intValue() > largest ? -1 : number.intValue();
    }
}
