// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.okq.OkqClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The server as the parts of a broker see it: client and clocks. Thread-safe. */
final class Site implements AutoCloseable {
    private final OkqClient client;
    private final Returning returning;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final AtomicBoolean closed = new AtomicBoolean();

    Site(OkqClient client, Returning returning, InstantSource clock, LongSupplier nanos) {
        this.client = client;
        this.returning = returning;
        this.clock = clock;
        this.nanos = nanos;
    }

    OkqClient client() {
        return client;
    }

    /** How a job comes again. */
    Returning returning() {
        return returning;
    }

    /** What time it is, as far as leases go. */
    InstantSource clock() {
        return clock;
    }

    /** A moment on a clock that nobody sets, to measure waiting. */
    Instant steady() {
        return Instant.EPOCH.plus(Duration.ofNanos(nanos.getAsLong()));
    }

    void checkOpen() {
        if (closed.get()) {
            throw BrokerException.lasting("the broker is closed; open it again", null);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.close();
        }
    }
}
