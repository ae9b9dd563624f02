// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpOptions.Reconnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Attempts to connect, as many and as often as the options allow. Not thread-safe: the link has a lock. */
final class Attempts {
    private final String url;
    private final Reconnection rule;
    private int failed;
    private long next;
    private long failedAt;
    private @Nullable AmqpException last;

    Attempts(AmqpOptions options) {
        this.url = options.url();
        this.rule = options.reconnection();
    }

    /** Makes one, for a caller who asked for it at that time. */
    <T> T make(long asked, Supplier<T> attempt) {
        AmqpException before = last;
        if (before != null) {
            if (failedAt - asked > 0) {
                // It was tried while this caller waited for its turn.
                throw isOver() ? givenUp(before) : before;
            }
            refuse(before);
        }
        try {
            T made = attempt.get();
            failed = 0;
            last = null;
            return made;
        } catch (AmqpException e) {
            failed++;
            last = e;
            failedAt = Ticks.now();
            next = failedAt + rule.interval().toNanos();
            if (isOver()) {
                throw givenUp(e);
            }
            throw e;
        }
    }

    private void refuse(AmqpException before) {
        if (isOver()) {
            throw givenUp(before);
        }
        if (next - Ticks.now() > 0) {
            throw AmqpException.passing(
                    before.getMessage() + "; the next attempt is made "
                            + rule.interval().toMillis() + " ms after that one",
                    before);
        }
    }

    private boolean isOver() {
        return rule.times() > 0 && failed >= rule.times();
    }

    private AmqpException givenUp(AmqpException cause) {
        return AmqpException.givenUp(
                "RabbitMQ at " + url + " was given up after " + failed + " failed attempts to connect: "
                        + cause.getMessage(),
                cause);
    }
}
