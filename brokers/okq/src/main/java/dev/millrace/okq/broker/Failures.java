// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.okq.OkqException;
import java.util.function.Supplier;

/** Says what the client says in the words of brokers. */
final class Failures {
    private Failures() {}

    static <T> T told(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (OkqException e) {
            throw of(e);
        }
    }

    static BrokerException of(OkqException e) {
        return BrokerException.of(e, e.helpsLater());
    }
}
