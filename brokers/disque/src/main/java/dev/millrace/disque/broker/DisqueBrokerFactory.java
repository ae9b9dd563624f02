// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.NodeAddress;
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
                    .options(options(url))
                    .open();
        }
        String place = url.place();
        if (place.isEmpty()) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" names no node; write it like disque://host:7711,host:7711");
        }
        DisqueBrokerBuilder builder = builder(url).options(options(url));
        for (String node : place.replaceFirst("/$", "").split(",", -1)) {
            builder.node(NodeAddress.parse(node));
        }
        return builder.open();
    }

    private static DisqueBrokerBuilder builder(BrokerUrl url) {
        DisqueBrokerBuilder builder = DisqueBroker.builder();
        url.options().keySet().forEach(option -> apply(builder, url, option));
        return builder;
    }

    /** Name and password stand before the nodes, as {@code user:password@}, or among the options. */
    private static DisqueOptions options(BrokerUrl url) {
        DisqueOptions options = DisqueOptions.defaults();
        if (url.scheme().equals(TLS)) {
            options = options.withTls();
        }
        String user = url.options().getOrDefault("user", url.user());
        String password = url.password();
        if (user.isEmpty()) {
            return password.isEmpty() ? options : options.withPassword(password);
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is a user and no password; write user:password@, or :password@ without a user");
        }
        return options.withUser(user, password);
    }

    private static void apply(DisqueBrokerBuilder builder, BrokerUrl url, String option) {
        switch (option) {
            case "retry" -> builder.retry(url.duration(option));
            case "life" -> builder.life(url.duration(option));
            case "replicas" -> builder.replicas(url.number(option));
            default -> {}
        }
    }
}
