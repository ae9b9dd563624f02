// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.disque.DisqueException;
import java.util.function.Supplier;

/** Says what the client says in the words of brokers. */
final class Failures {
    private Failures() {}

    static <T> T told(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (DisqueException e) {
            throw of(e);
        }
    }

    static BrokerException of(DisqueException e) {
        return BrokerException.of(e, e.helpsLater() || e.helpsElsewhere());
    }
}
