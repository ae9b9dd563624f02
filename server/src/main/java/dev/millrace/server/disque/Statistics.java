// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import java.util.Map;
import java.util.TreeMap;

/** What was done so far. Belongs to the loop. */
final class Statistics {
    private final long startedAt;
    private final Map<String, long[]> calls = new TreeMap<>();
    private long commands;

    Statistics(long startedAt) {
        this.startedAt = startedAt;
    }

    /** A counter of its own for each command. */
    long[] counter(String command) {
        return calls.computeIfAbsent(command, name -> new long[1]);
    }

    void count(long[] counter) {
        commands++;
        counter[0]++;
    }

    long commands() {
        return commands;
    }

    long startedAt() {
        return startedAt;
    }

    Map<String, long[]> calls() {
        return calls;
    }

    void reset() {
        commands = 0;
        calls.values().forEach(counter -> counter[0] = 0);
    }
}
