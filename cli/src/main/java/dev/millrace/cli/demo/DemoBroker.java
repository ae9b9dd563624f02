// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the broker for one step after the other. A folder belongs to one process at a time, so it is let go of between the
 * steps; what lives in this process only is kept open until the end. Not thread-safe.
 */
final class DemoBroker implements AutoCloseable {
    private final String url;
    private final boolean ours;
    private @Nullable Broker kept;

    DemoBroker(String url) {
        this.url = url;
        this.ours = BrokerUrl.parse(url).scheme().equals("mem");
    }

    /** Something to do with a broker. */
    interface Step<T> {
        T run(Broker broker) throws IOException, InterruptedException, TimeoutException;
    }

    String url() {
        return url;
    }

    /** Why another process cannot reach it; empty if it can. */
    Optional<String> outOfReach() {
        return ours ? Optional.of("mem: lives in one process, which cannot survive its own SIGKILL") : Optional.empty();
    }

    /** The broker that is kept open. */
    Broker keptOpen() {
        if (kept == null) {
            kept = Brokers.open(url);
        }
        return kept;
    }

    <T> T with(Step<T> step) throws IOException, InterruptedException, TimeoutException {
        if (ours) {
            return step.run(keptOpen());
        }
        try (Broker broker = Brokers.open(url)) {
            return step.run(broker);
        }
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
    }
}
