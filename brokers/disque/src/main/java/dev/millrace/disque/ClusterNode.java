// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A node as the pool knows it. After a failure it is left alone for a while that doubles each time, unless there is nobody
 * else to ask.
 */
final class ClusterNode {
    /** A seed that no node has named: asked last. Disque's own priorities end at 100. */
    static final int UNNAMED = 1000;

    static final int LEAVING = 100;
    private static final long FIRST_PAUSE_NANOS = 100_000_000;
    private static final int MOST_DOUBLINGS = 7;

    private final NodeAddress address;
    private final Connections connections;
    private final DisqueClient client;
    private volatile @Nullable String id;
    private volatile int priority = UNNAMED;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long resting;

    ClusterNode(NodeAddress address, Connections connections) {
        this.address = address;
        this.connections = connections;
        this.client = new DisqueClient(connections, new Extensions(connections), () -> {});
    }

    /** A client that shares these connections, always the same; closing it does nothing. */
    DisqueClient client() {
        return client;
    }

    Connections connections() {
        return connections;
    }

    NodeAddress address() {
        return address;
    }

    @Nullable
    String id() {
        return id;
    }

    int priority() {
        return priority;
    }

    void named(@Nullable String name, int order) {
        id = name;
        priority = order;
    }

    boolean isCalled(String name) {
        return name.equals(id);
    }

    boolean hasPrefix(String prefix) {
        String name = id;
        return name != null && name.startsWith(prefix);
    }

    boolean isFailing() {
        return failures.get() > 0;
    }

    /** Whether it should be left alone now. */
    boolean isResting(long now) {
        return isFailing() && resting - now > 0;
    }

    /** Calls that fail together count once. */
    void failed(long now) {
        if (!isResting(now)) {
            resting = now + (FIRST_PAUSE_NANOS << Math.min(failures.getAndIncrement(), MOST_DOUBLINGS));
        }
    }

    void worked() {
        if (isFailing()) {
            failures.set(0);
        }
    }
}
