// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import java.util.Map;
import java.util.TreeMap;

/** What was done so far. Belongs to the loop. */
public final class Statistics {
    private final long startedAt;
    private final Map<String, Counter> calls = new TreeMap<>();
    private long commands;

    /** How often a command was given. */
    public static final class Counter {
        private long calls;

        public long calls() {
            return calls;
        }
    }

    public Statistics(long startedAt) {
        this.startedAt = startedAt;
    }

    /** A counter of its own for each command. */
    public Counter counter(String command) {
        return calls.computeIfAbsent(command, name -> new Counter());
    }

    public void count(Counter counter) {
        commands++;
        counter.calls++;
    }

    public long commands() {
        return commands;
    }

    public long startedAt() {
        return startedAt;
    }

    public Map<String, Counter> calls() {
        return calls;
    }

    public void reset() {
        commands = 0;
        calls.values().forEach(counter -> counter.calls = 0);
    }
}
