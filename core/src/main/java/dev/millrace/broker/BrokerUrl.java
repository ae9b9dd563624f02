// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
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

    private static final Pattern LENGTH = Pattern.compile("(\\d+)(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

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
        return new BrokerUrl(text.substring(0, colon).toLowerCase(Locale.ROOT), rest, options);
    }

    private static String decode(String text, String url) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException quotesWhatMayBeAPassword) {
            throw new IllegalArgumentException(
                    "broker URL \"" + masked(url) + "\" has a percent sign without two hexadecimal digits; write %25");
        }
    }

    /**
     * The user of {@code //user:password@place}.
     *
     * @return the user, percent-decoded; empty if none is named
     * @throws IllegalArgumentException if a percent sign in it encodes nothing
     */
    public String user() {
        String login = login();
        int colon = login.indexOf(':');
        return decodeLogin(colon < 0 ? login : login.substring(0, colon));
    }

    /**
     * The password: the option of that name, else that of {@code //user:password@place}.
     *
     * @return the password, percent-decoded; empty if none is given
     * @throws IllegalArgumentException if a percent sign in it encodes nothing
     */
    public String password() {
        String option = options.get("password");
        String login = login();
        int colon = login.indexOf(':');
        return option != null ? option : colon < 0 ? "" : decodeLogin(login.substring(colon + 1));
    }

    /**
     * Where the server is: what follows {@code //} and the login.
     *
     * @return the hosts and whatever else is written there, as it is; empty if the address does not begin with {@code //}
     */
    public String place() {
        return rest.startsWith("//") ? rest.substring(Math.max(1, rest.lastIndexOf('@')) + 1) : "";
    }

    /** What stands before the last at sign, which no host can have. */
    private String login() {
        return rest.startsWith("//") ? rest.substring(2, Math.max(2, rest.lastIndexOf('@'))) : "";
    }

    /** A plus is a plus there, unlike in an option. */
    private String decodeLogin(String text) {
        return decode(text.replace("+", "%2B"), toString());
    }

    /**
     * An option that is {@code true} or {@code false}.
     *
     * @param option its name
     * @param otherwise what it is if it is not given
     * @return its value
     * @throws IllegalArgumentException if it is anything else
     */
    public boolean flag(String option, boolean otherwise) {
        String value = options.get(option);
        if (value != null && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw wrong(option, "true or false");
        }
        return value == null ? otherwise : value.equalsIgnoreCase("true");
    }

    /**
     * An option that is a whole number.
     *
     * @param option its name; it must be given
     * @return its value
     * @throws IllegalArgumentException if it is anything else
     */
    public int number(String option) {
        try {
            return Integer.parseInt(options.getOrDefault(option, ""));
        } catch (NumberFormatException e) {
            throw wrong(option, "a whole number");
        }
    }

    /**
     * An option that is a length of time: a whole number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}, or a
     * duration of ISO 8601, such as {@code PT0.5S}.
     *
     * @param option its name; it must be given
     * @return its value
     * @throws IllegalArgumentException if it is anything else, or longer than a {@link Duration} can be
     */
    public Duration duration(String option) {
        String value = options.getOrDefault(option, "");
        Matcher plain = LENGTH.matcher(value);
        try {
            return plain.matches()
                    ? Duration.of(
                            Long.parseLong(plain.group(1)),
                            UNITS.get(plain.group(2).toLowerCase(Locale.ROOT)))
                    : Duration.parse(value);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw wrong(option, "a length of time such as 500ms, 30s, 5m, 1h or 2d");
        }
    }

    /**
     * Makes the refusal of an option's value.
     *
     * @param option its name
     * @param right what would be right, such as {@code "true or false"}
     * @return an exception whose message names the address, the value and what would be right
     */
    public IllegalArgumentException wrong(String option, String right) {
        return new IllegalArgumentException(
                "broker URL \"" + this + "\" has " + option + " \"" + options.get(option) + "\"; give " + right);
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
