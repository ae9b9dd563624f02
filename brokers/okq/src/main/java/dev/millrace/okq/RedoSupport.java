// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * A server without REDO takes QACK id REDO for QACK id, and the event is gone: the worst that could happen to it. So it is
 * tried with an event that nobody misses.
 */
final class RedoSupport {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final OkqClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Boolean known;

    RedoSupport(OkqClient client) {
        this.client = client;
    }

    boolean get() {
        Boolean answer = known;
        return answer == null ? found() : answer;
    }

    private boolean found() {
        lock.lock();
        try {
            Boolean answer = known;
            if (answer == null) {
                answer = tried();
                known = answer;
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private boolean tried() {
        OkqName queue = OkqName.of("millrace-probe-" + UUID.randomUUID());
        try {
            client.push(PushEvent.to(queue, new byte[0]).withId("probe"));
            return client.pop(queue, LEASE)
                    .map(event ->
                            client.redoUnasked(event) && client.peekNext(queue).isPresent())
                    .orElse(false);
        } finally {
            client.flush(queue);
        }
    }
}
