// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as people write them: {@code 127.0.0.1:7711}, {@code [::1]:7711}, {@code localhost:7711}. */
final class HostAndPort {
    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    private HostAndPort() {}

    static InetSocketAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(3)) > LAST_PORT) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no address; write it like 127.0.0.1:7711, [::1]:7711 or localhost:7711");
        }
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return new InetSocketAddress(host, Integer.parseInt(form.group(3)));
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
