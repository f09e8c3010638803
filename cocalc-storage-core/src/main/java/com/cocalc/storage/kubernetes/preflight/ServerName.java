package com.cocalc.storage.kubernetes.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server's name or address in one spelling: without capitals, a last dot, the brackets and zeros of IPv6, and the
 * ending that all services of a cluster have. No name is looked up. Two of them are equal if this spelling is.
 */
final class ServerName {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4_ENDING =
            Pattern.compile("(?<=:)" + BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE + "$");
    private static final Pattern IPV4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);
    private static final Pattern IPV6 =
            Pattern.compile("(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{0,4}|(?:" + BYTE + "\\.){3}" + BYTE + ")");

    private static final Pattern SERVICE =
            Pattern.compile("^([a-z0-9-]{1,63}\\.[a-z0-9-]{1,63})\\.svc(?:\\.cluster\\.local)?$");

    private static final Pattern PORT = Pattern.compile("^([^:]+|\\[[^\\]]+\\]):\\d{1,5}$");

    private final String value;
    private final Sort sort;

    private ServerName(String value, Sort sort) {
        this.value = value;
        this.sort = sort;
    }

    /** What a server was written as. */
    private enum Sort {
        ADDRESS,
        SERVICE,
        OTHER
    }

    static ServerName of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.contains(":") && IPV6.matcher(name).matches()) {
            return new ServerName(sameForAll(name), Sort.ADDRESS);
        }
        Matcher service = SERVICE.matcher(name);
        if (service.matches()) {
            return new ServerName(service.group(1), Sort.SERVICE);
        }
        return new ServerName(name, IPV4.matcher(name).matches() ? Sort.ADDRESS : Sort.OTHER);
    }

    /** A server whose port does not tell which it is. */
    static ServerName withoutPort(String text) {
        return of(PORT.matcher(text).replaceFirst("$1"));
    }

    /** The spelling that is compared and shown. */
    String value() {
        return value;
    }

    boolean isAddress() {
        return sort == Sort.ADDRESS;
    }

    /** Whether the ending says that it is a service of a cluster. */
    boolean isService() {
        return sort == Sort.SERVICE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    /** All eight groups, or the four bytes of an address of IPv4 that is written as one of IPv6. */
    private static String sameForAll(String address) {
        List<Integer> groups = new ArrayList<>();
        int gap = -1;
        for (String group : hexadecimal(address).split(":", -1)) {
            if (!group.isEmpty()) {
                groups.add(Integer.parseInt(group, 16));
            } else if (gap < 0) {
                gap = groups.size();
            }
        }
        if (groups.size() > 8 || (gap < 0 && groups.size() < 8)) {
            return address; // looks like an address, but is not one: compared as it is written
        }
        while (groups.size() < 8) {
            groups.add(gap, 0);
        }
        if (groups.subList(0, 6).equals(List.of(0, 0, 0, 0, 0, 0xffff))) {
            int high = groups.get(6);
            int low = groups.get(7);
            return (high >> 8) + "." + (high & 0xff) + "." + (low >> 8) + "." + (low & 0xff);
        }
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    }

    /** The last two groups may be written as an address of IPv4. */
    private static String hexadecimal(String address) {
        Matcher ending = IPV4_ENDING.matcher(address);
        if (!ending.find()) {
            return address;
        }
        int high = (Integer.parseInt(ending.group(1)) << 8) + Integer.parseInt(ending.group(2));
        int low = (Integer.parseInt(ending.group(3)) << 8) + Integer.parseInt(ending.group(4));
        return address.substring(0, ending.start()) + Integer.toHexString(high) + ":" + Integer.toHexString(low);
    }
}
