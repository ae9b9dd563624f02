// SPDX-License-Identifier: Apache-2.0
package dev.millrace.checker;

import java.util.List;

/**
 * What a {@link Checker} found. Immutable and thread-safe.
 *
 * @param counts what happened, none of it wrong
 * @param lost jobs that were accepted, that nobody began to settle, and that are gone
 * @param twice jobs that the broker holds more than once
 * @param resurrected jobs that are there although the broker confirmed that they are settled
 * @param unexpected jobs that nobody ever sent
 */
public record Verdict(
        Counts counts, List<String> lost, List<String> twice, List<String> resurrected, List<String> unexpected) {
    /** Keeps the lists. */
    public Verdict {
        lost = List.copyOf(lost);
        twice = List.copyOf(twice);
        resurrected = List.copyOf(resurrected);
        unexpected = List.copyOf(unexpected);
    }

    /**
     * What happened.
     *
     * @param accepted jobs that the broker said it has
     * @param settled jobs that it said are settled
     * @param duplicated jobs that were handled more than once, as at-least-once allows
     * @param recovered jobs that are there although their sender was killed before it was told
     */
    public record Counts(long accepted, long settled, long duplicated, long recovered) {}

    /**
     * Whether nothing is wrong.
     *
     * @return true if nothing was lost, doubled, resurrected or invented
     */
    public boolean isClean() {
        return lost.isEmpty() && twice.isEmpty() && resurrected.isEmpty() && unexpected.isEmpty();
    }
}
