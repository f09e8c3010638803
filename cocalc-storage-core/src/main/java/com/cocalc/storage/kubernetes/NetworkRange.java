package com.cocalc.storage.kubernetes;

import static java.util.Objects.requireNonNull;

import com.cocalc.storage.InvalidValueException;
import com.cocalc.storage.MessageText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of addresses in CIDR notation, IPv4 or IPv6, in the one form that the API server takes without a warning. */
public final class NetworkRange {

    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;

    private final BigInteger network;
    private final int bits;
    private final int prefix;

    private NetworkRange(BigInteger network, int bits, int prefix) {
        this.network = network;
        this.bits = bits;
        this.prefix = prefix;
    }

    /**
     * Reads a range.
     *
     * @param text for example {@code 10.0.0.0/16} or {@code 2001:db8::/64}
     * @return the range
     * @throws IllegalArgumentException if it is no range, has bits behind its prefix, or is not written canonically
     */
    public static NetworkRange parse(String text) {
        requireNonNull(text, "network range");
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw refused(
                    text, "end with the length of its prefix", "write \"" + clip(text) + "/32\" for one IPv4 address");
        }
        String address = text.substring(0, slash);
        int bits = address.indexOf(':') >= 0 ? 128 : 32;
        BigInteger number = bits == 128 ? ipv6(address) : ipv4(address);
        if (number == null) {
            throw refused(text, "be an IPv4 or IPv6 address before the '/'", "write for example \"10.0.0.0/16\"");
        }
        String length = text.substring(slash + 1);
        if (!OCTET.matcher(length).matches() || Integer.parseInt(length) > bits) {
            throw refused(text, "have a prefix of 0 to " + bits + " bits", "write for example \"/" + bits / 2 + "\"");
        }
        int prefix = Integer.parseInt(length);
        BigInteger network = number.shiftRight(bits - prefix).shiftLeft(bits - prefix);
        NetworkRange range = new NetworkRange(network, bits, prefix);
        if (!range.toString().equals(text)) {
            throw refused(
                    text,
                    "be written as the API server writes it, without bits behind the prefix",
                    "write \"" + range + "\"");
        }
        if (bits == 128 && network.shiftRight(32).equals(BigInteger.valueOf(0xffff))) {
            throw refused(text, "not be an IPv4 range written as IPv6", "write the IPv4 range");
        }
        return range;
    }

    private static String clip(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    private static InvalidValueException refused(String text, String rule, String remedy) {
        return InvalidValueException.of("network range", rule, MessageText.quoted(text), remedy);
    }

    private static @Nullable BigInteger ipv4(String address) {
        String[] octets = address.split("\\.", -1);
        long number = 0;
        for (String octet : octets) {
            if (octets.length != 4 || !OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return null;
            }
            number = number << 8 | Integer.parseInt(octet);
        }
        return BigInteger.valueOf(number);
    }

    private static @Nullable BigInteger ipv6(String address) {
        int gap = address.indexOf("::");
        List<String> groups = new ArrayList<>();
        if (gap < 0) {
            groups.addAll(List.of(address.split(":", -1)));
        } else {
            List<String> front =
                    gap == 0 ? List.of() : List.of(address.substring(0, gap).split(":", -1));
            String rest = address.substring(gap + 2);
            List<String> back = rest.isEmpty() ? List.of() : List.of(rest.split(":", -1));
            groups.addAll(front);
            for (int i = front.size() + back.size(); i < GROUPS; i++) {
                groups.add("0");
            }
            groups.addAll(back);
        }
        if (groups.size() != GROUPS) {
            return null;
        }
        BigInteger number = BigInteger.ZERO;
        for (String group : groups) {
            if (!GROUP.matcher(group).matches()) {
                return null;
            }
            number = number.shiftLeft(16).or(BigInteger.valueOf(Integer.parseInt(group, 16)));
        }
        return number;
    }

    /**
     * Returns whether another range lies in this one and is smaller. Ranges of different families never do.
     *
     * @param other the other range
     * @return whether it is a strict part
     */
    public boolean strictlyContains(NetworkRange other) {
        return bits == other.bits
                && prefix < other.prefix
                && other.network.shiftRight(bits - prefix).equals(network.shiftRight(bits - prefix));
    }

    /**
     * Returns whether this is every address of its family.
     *
     * @return whether the prefix is empty
     */
    public boolean isEverywhere() {
        return prefix == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkRange that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
        return (bits == 32 ? dotted() : colons()) + "/" + prefix;
    }

    private String dotted() {
        long number = network.longValueExact();
        return (number >> 24) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    /**
     * RFC 5952: no leading zeros, lower case, the longest run of two or more zero groups (the first of equals) as "::".
     */
    private String colons() {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = network.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
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
