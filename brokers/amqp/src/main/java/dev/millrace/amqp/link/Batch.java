// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Publication.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The answers to what one caller published together. Thread-safe: any thread answers, the caller waits. */
final class Batch {
    private final @Nullable Outcome[] outcomes;
    private final CountDownLatch missing;
    private volatile @Nullable AmqpException failure;

    Batch(int size) {
        this.outcomes = new Outcome[size];
        this.missing = new CountDownLatch(size);
    }

    /** Told once of each. */
    void answered(int index, Outcome outcome) {
        outcomes[index] = outcome;
        missing.countDown();
    }

    /** Nobody will ever know what became of this one. */
    void unknown(AmqpException why) {
        failure = why;
        missing.countDown();
    }

    /** Waits for all answers, whether the thread is interrupted or not; it stays so. */
    List<Outcome> await(long nanos, Link link) {
        if (!Uninterrupted.await(missing, nanos)) {
            throw late(nanos, link);
        }
        AmqpException why = failure;
        if (why != null) {
            throw AmqpException.passing(why.getMessage() + "; what was sent may have arrived or not", why);
        }
        return Arrays.stream(outcomes).map(Objects::requireNonNull).toList();
    }

    private AmqpException late(long nanos, Link link) {
        String reason = link.blockedBecause();
        return AmqpException.passing(
                "RabbitMQ at " + link.options().url() + " did not confirm " + missing.getCount() + " of "
                        + outcomes.length
                        + " messages within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms"
                        + (reason == null ? "" : "; it takes nothing at present (" + reason + ")")
                        + ": they may be stored, now or later, or not",
                null);
    }
}
