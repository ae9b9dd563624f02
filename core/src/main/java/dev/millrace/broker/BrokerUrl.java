// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The address of a broker: {@code scheme:rest?option=value&option=value}. Immutable and thread-safe.
 *
 * @param scheme what comes before the first colon, in lower case
 * @param rest what comes after it, up to the first question mark
 * @param options what comes after that, percent-decoded, in the order given
 */
public record BrokerUrl(String scheme, String rest, Map<String, String> options) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

    /** From the first colon to the last at sign, whatever is between, unless a port number ends there: rather too much. */
    private static final Pattern PASSWORD = Pattern.compile("(//[^:/@]*):(?!\\d+([/?]|$)).*@");

    private static final Set<String> SECRETS = Set.of("password", "token", "secret");

    /** Keeps the options. */
    public BrokerUrl {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * Takes an address apart.
     *
     * @param text the address
     * @return its parts
     * @throws IllegalArgumentException if it has no scheme, or an option is written twice or without a value
     */
    public static BrokerUrl parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
            throw new IllegalArgumentException(
                    "broker URL \"" + masked(text) + "\" has no scheme; write it like file:./jobs or mem:");
        }
        int question = text.indexOf('?', colon);
        String rest = text.substring(colon + 1, question < 0 ? text.length() : question);
        Map<String, String> options = new LinkedHashMap<>();
        String query = question < 0 ? "" : text.substring(question + 1);
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1
                    || options.put(decode(part.substring(0, equals), text), decode(part.substring(equals + 1), text))
                            != null) {
                throw new IllegalArgumentException("broker URL \"" + masked(text)
                        + "\" has a broken option; write each once, as name=value with & between them");
            }
        }
        return new BrokerUrl(text.substring(0, colon).toLowerCase(java.util.Locale.ROOT), rest, options);
    }

    private static String decode(String text, String url) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "broker URL \"" + masked(url) + "\" has a percent sign without two hexadecimal digits; write %25",
                    e);
        }
    }

    private static String masked(String text) {
        return PASSWORD.matcher(text)
                .replaceAll("$1:***@")
                .replaceAll("([?&](?:password|token|secret)=)[^&]*", "$1***");
    }

    /**
     * Refuses options that a broker does not know.
     *
     * @param known the names that it knows
     * @throws IllegalArgumentException naming the first unknown option and the known ones
     */
    public void allowOnly(Set<String> known) {
        for (String option : options.keySet()) {
            if (!known.contains(option)) {
                throw new IllegalArgumentException("broker URL \"" + this + "\" has the unknown option \"" + option
                        + "\"; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /** The address with every password masked: safe to print. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(PASSWORD.matcher(scheme + ":" + rest).replaceAll("$1:***@"));
        char before = '?';
        for (Map.Entry<String, String> option : options.entrySet()) {
            text.append(before).append(option.getKey()).append('=');
            text.append(SECRETS.contains(option.getKey()) ? "***" : option.getValue());
            before = '&';
        }
        return text.toString();
    }
}
