// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import java.util.Map;
import java.util.TreeMap;

/** What was done so far. Belongs to the loop. */
final class Statistics {
    private final long startedAt;
    private final Map<String, Counter> calls = new TreeMap<>();
    private long commands;

    /** How often a command was given. */
    static final class Counter {
        private long calls;

        long calls() {
            return calls;
        }
    }

    Statistics(long startedAt) {
        this.startedAt = startedAt;
    }

    /** A counter of its own for each command. */
    Counter counter(String command) {
        return calls.computeIfAbsent(command, name -> new Counter());
    }

    void count(Counter counter) {
        commands++;
        counter.calls++;
    }

    long commands() {
        return commands;
    }

    long startedAt() {
        return startedAt;
    }

    Map<String, Counter> calls() {
        return calls;
    }

    void reset() {
        commands = 0;
        calls.values().forEach(counter -> counter.calls = 0);
    }
}
