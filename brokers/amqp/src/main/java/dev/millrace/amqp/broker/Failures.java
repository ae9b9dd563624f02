// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Uninterrupted;
import dev.millrace.broker.BrokerException;
import java.util.function.Supplier;

/** Says what the client says in the words of brokers. */
final class Failures {
    private Failures() {}

    /** Asks, with an interrupt kept aside: it must not break a connection that others use. */
    static <T> T told(Supplier<T> asked) {
        try {
            return Uninterrupted.get(asked);
        } catch (AmqpException e) {
            throw of(e);
        }
    }

    static BrokerException of(AmqpException e) {
        return BrokerException.of(e, e.helpsLater());
    }
}
