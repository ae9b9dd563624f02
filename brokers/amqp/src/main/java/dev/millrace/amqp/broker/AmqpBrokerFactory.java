// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.AmqpOptions;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import java.util.Set;

/**
 * Opens {@code amqp://[user:password@]host[:port][,host…][/vhost]}, and with TLS {@code amqps://…}.
 *
 * <p>Options: {@code password}, {@code queues} ({@code quorum}, {@code classic} or {@code priorities}), {@code declare=false}
 * for queues that others declare, {@code ca} (a file with the certificates to trust instead of the JDK's, as PEM), {@code
 * verify=false} to trust any certificate.
 */
public final class AmqpBrokerFactory implements BrokerFactory {
    private static final String TLS = "amqps";

    /** For the service loader. */
    public AmqpBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("amqp", TLS);
    }

    @Override
    public Broker open(BrokerUrl url) {
        url.allowOnly(Set.of("password", "queues", "declare", "ca", "verify"));
        AmqpBrokerBuilder builder = AmqpBroker.builder().at(options(url));
        switch (url.options().getOrDefault("queues", "quorum")) {
            case "quorum" -> {}
            case "classic" -> builder.classicQueues();
            case "priorities" -> builder.priorities();
            default -> throw url.wrong("queues", "quorum, classic or priorities");
        }
        if (!url.flag("declare", true)) {
            builder.existingQueuesOnly();
        }
        return builder.open();
    }

    private static AmqpOptions options(BrokerUrl url) {
        AmqpOptions options;
        try {
            options = AmqpOptions.uri(url.scheme() + ":" + url.rest());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("broker URL \"" + url + "\": " + e.getMessage(), e);
        }
        String password = url.options().get("password");
        if (password != null) {
            options = options.withLogin(new AmqpOptions.Login(options.login().user(), password));
        }
        String ca = url.options().get("ca");
        boolean verify = url.flag("verify", true);
        if (ca != null && !verify) {
            throw new IllegalArgumentException("broker URL \"" + url
                    + "\" says whom to trust with ca, and with verify=false to trust anybody; give one of them");
        }
        if (options.tls().isEmpty()) {
            if (ca != null || !verify) {
                throw new IllegalArgumentException(
                        "broker URL \"" + url + "\" has an option for TLS; write amqps:// for TLS");
            }
            return options;
        }
        return verify ? ca == null ? options : options.withTls(Trust.only(ca)) : options.withTls(Trust.anybody());
    }
}
