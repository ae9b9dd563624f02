// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of each job, from the files of results of all workers. Not thread-safe. */
final class Ledger {
    private final Entry[] entries;
    private int done;
    private int lines;
    private int unknown;

    /** What happened to one job. */
    private static final class Entry {
        private int starts;
        private int fails;
        private @Nullable Digest digest;
        private boolean contradiction;
    }

    Ledger(int jobs) {
        this.entries = new Entry[jobs];
        for (int i = 0; i < jobs; i++) {
            entries[i] = new Entry();
        }
    }

    void add(ResultLine line) {
        lines++;
        if (line.number() < 0 || line.number() >= entries.length) {
            unknown++;
            return;
        }
        Entry entry = entries[line.number()];
        switch (line.kind()) {
            case START -> entry.starts++;
            case FAIL -> entry.fails++;
            case DONE -> {
                done += entry.digest == null ? 1 : 0;
                Digest digest = line.digest().orElse(new Digest("", 0));
                entry.contradiction |= entry.digest != null && !entry.digest.equals(digest);
                entry.digest = digest;
            }
        }
    }

    /** How many jobs there are. */
    int jobs() {
        return entries.length;
    }

    /** How many jobs are done. */
    int done() {
        return done;
    }

    /** How many lines there were: as long as this grows, something is going on. */
    int lines() {
        return lines;
    }

    /** How many lines spoke of jobs that nobody enqueued. */
    int unknown() {
        return unknown;
    }

    /** What was computed for a job, if it is done. */
    Optional<Digest> digest(int number) {
        return Optional.ofNullable(entries[number].digest);
    }

    /** Whether a job was done twice with different results. */
    boolean contradicts(int number) {
        return entries[number].contradiction;
    }

    boolean failed(int number) {
        return entries[number].fails > 0;
    }

    /** Whether each job is done, or has failed so often that it is dead. */
    boolean isOver(int attempts) {
        return Arrays.stream(entries).allMatch(entry -> entry.digest != null || entry.fails >= attempts);
    }

    /** How many jobs failed and were done later. */
    int retried() {
        int count = 0;
        for (Entry entry : entries) {
            count += entry.fails > 0 && entry.digest != null ? 1 : 0;
        }
        return count;
    }

    /** How many jobs were handed to a handler more often than failures explain: the worker that had them was killed. */
    int deliveredTwice() {
        int count = 0;
        for (Entry entry : entries) {
            int explained = entry.fails + (entry.digest == null ? 0 : 1);
            count += entry.starts > explained ? 1 : 0;
        }
        return count;
    }
}
