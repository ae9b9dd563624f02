// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.NodeAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Opens {@code disque://[[user]:password@]host:port,host:port?option=value}, with TLS {@code disques://…}, and the socket of
 * a server on this machine, {@code disque:unix:/path}. Options: {@code retry} and {@code life} (such as {@code 30s}, {@code 5m},
 * {@code 1h}, {@code 2d}), {@code replicas}, {@code user}, {@code password}.
 */
public final class DisqueBrokerFactory implements BrokerFactory {
    private static final String TLS = "disques";
    private static final Set<String> OPTIONS = Set.of("retry", "life", "replicas", "user", "password");

    /** For the service loader. */
    public DisqueBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("disque", TLS);
    }

    @Override
    public Broker open(BrokerUrl url) {
        url.allowOnly(OPTIONS);
        if (url.rest().startsWith("unix:/")) {
            return builder(url)
                    .node(NodeAddress.parse(url.rest()))
                    .options(options(url, ""))
                    .open();
        }
        if (!url.rest().startsWith("//") || url.rest().length() < 3) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" names no node; write it like disque://host:7711,host:7711");
        }
        String authority = url.rest().substring(2);
        if (authority.endsWith("/")) {
            authority = authority.substring(0, authority.length() - 1);
        }
        int at = authority.lastIndexOf('@');
        DisqueBrokerBuilder builder = builder(url).options(options(url, at < 0 ? "" : authority.substring(0, at)));
        for (String node : authority.substring(at + 1).split(",", -1)) {
            builder.node(NodeAddress.parse(node));
        }
        return builder.open();
    }

    private static DisqueBrokerBuilder builder(BrokerUrl url) {
        DisqueBrokerBuilder builder = DisqueBroker.builder();
        url.options().forEach((option, value) -> apply(builder, option, value));
        return builder;
    }

    /** Name and password stand before the nodes, as {@code user:password@}, or among the options. */
    private static DisqueOptions options(BrokerUrl url, String login) {
        DisqueOptions options = DisqueOptions.defaults();
        if (url.scheme().equals(TLS)) {
            options = options.withTls();
        }
        int colon = login.indexOf(':');
        if (colon < 0 && !login.isEmpty()) {
            throw new IllegalArgumentException(
                    "what stands before the @ has no colon; write user:password@ or :password@");
        }
        String user = url.options().getOrDefault("user", decoded(login.substring(0, Math.max(0, colon))));
        String password = url.options().getOrDefault("password", decoded(login.substring(colon + 1)));
        if (user.isEmpty()) {
            return password.isEmpty() ? options : options.withPassword(password);
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("user " + user + " has no password; write " + user + ":password@");
        }
        return options.withUser(user, password);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void apply(DisqueBrokerBuilder builder, String option, String value) {
        switch (option) {
            case "retry" -> builder.retry(duration(option, value));
            case "life" -> builder.life(duration(option, value));
            case "replicas" -> builder.replicas(number(option, value));
            default -> {}
        }
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " \"" + value + "\" is no whole number", e);
        }
    }

    private static Duration duration(String option, String value) {
        String text = value.toLowerCase(Locale.ROOT);
        String digits = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
        try {
            long amount = Long.parseLong(digits);
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(amount);
                case 'm' -> Duration.ofMinutes(amount);
                case 'h' -> Duration.ofHours(amount);
                case 'd' -> Duration.ofDays(amount);
                default -> throw new NumberFormatException(value);
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    option + " \"" + value + "\" is no length of time; write it like 30s, 5m, 1h or 2d", e);
        }
    }
}
