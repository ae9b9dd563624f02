// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Connection;

/** Closes clients that have been silent for too long and wait for nothing. Looks twice in that time. */
public final class IdleClients {
    /** A hundred years. */
    public static final long LONGEST_SECONDS = 3_155_760_000L;

    private final Node node;
    private long seconds;
    private long looks;

    /**
     * Begins to look.
     *
     * @param node whose clients
     * @param seconds how long is too long; 0 is never
     */
    public IdleClients(Node node, long seconds) {
        this.node = node;
        after(seconds);
    }

    /**
     * How long is too long.
     *
     * @return seconds; 0 is never
     */
    public long seconds() {
        return seconds;
    }

    /**
     * Changes the time.
     *
     * @param changed seconds, a hundred years at most; 0 is never
     */
    public void after(long changed) {
        seconds = Math.min(changed, LONGEST_SECONDS);
        looks++;
        lookLater(looks);
    }

    private void lookLater(long which) {
        if (seconds > 0) {
            node.loop().schedule(() -> look(which), Math.max(1, seconds * 1000 / 2));
        }
    }

    private void look(long which) {
        if (which != looks) {
            return;
        }
        long before = node.clock().millis() - seconds * 1000;
        for (Connection connection : node.loop().clients().all()) {
            if (connection.lastHeard() < before
                    && !connection.blocked()
                    && !node.monitors().watches(connection)) {
                connection.close();
            }
        }
        lookLater(which);
    }
}
