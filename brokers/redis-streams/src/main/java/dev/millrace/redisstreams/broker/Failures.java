// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.redisstreams.RedisException;
import java.util.function.Supplier;

/** Says what the client says in the words of brokers. */
final class Failures {
    private Failures() {}

    static <T> T told(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (RedisException e) {
            throw of(e);
        }
    }

    static BrokerException of(RedisException e) {
        return BrokerException.of(e, e.helpsLater());
    }
}
