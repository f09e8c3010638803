package com.cocalc.storage.kubernetes.preflight;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A server's name or address in one spelling: without capitals, a last dot, the brackets and zeros of IPv6, and the
 * ending that all services of a cluster have. No name is looked up.
 *
 * @param value the spelling that is compared
 */
record ServerName(String value) {

    /** Only a literal address, so that nothing is asked of a name server. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]{2,39}|[0-9a-f:]{2,30}(?:\\d{1,3}\\.){3}\\d{1,3}");

    private static final Pattern SERVICE =
            Pattern.compile("([a-z0-9-]{1,63}\\.[a-z0-9-]{1,63})\\.svc(?:\\.cluster\\.local)?");

    static ServerName of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        while (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.contains(":") && IPV6.matcher(name).matches()) {
            return new ServerName(shortest(name));
        }
        return new ServerName(SERVICE.matcher(name).replaceFirst("$1"));
    }

    private static String shortest(String address) {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException e) {
            return address; // looks like an address and is none: compared as it is written
        }
    }
}
