// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/*
 * Makes a failing history short: leaves out halves, quarters and so on down to single steps, as long as it still fails.
 * Each attempt is a run on a new broker. A history of steps that name no step before them can always be cut, which is why
 * this finds shorter ones than shrinking of the generated values does, and sooner.
 */
final class Reduction {
    private Reduction() {}

    /** Runs a history; if it fails, with the shortest one that was found in the message. */
    static void run(List<Step> history, Consumer<List<Step>> trial) {
        Optional<AssertionError> failure = failure(history, trial);
        if (failure.isEmpty()) {
            return;
        }
        AssertionError last = failure.get();
        List<Step> shortest = new ArrayList<>(history);
        int chunk = Math.max(1, shortest.size() / 2);
        while (chunk >= 1) {
            int before = shortest.size();
            for (int from = 0; from + chunk <= shortest.size(); ) {
                List<Step> shorter = new ArrayList<>(shortest);
                shorter.subList(from, from + chunk).clear();
                Optional<AssertionError> still = failure(shorter, trial);
                from += still.isPresent() ? 0 : chunk;
                last = still.orElse(last);
                shortest = still.isPresent() ? shorter : shortest;
            }
            chunk = chunk == 1 && shortest.size() < before ? 1 : chunk / 2;
        }
        throw new AssertionError(last.getMessage() + "\nin this history:\n" + lines(shortest), last);
    }

    private static Optional<AssertionError> failure(List<Step> history, Consumer<List<Step>> trial) {
        try {
            trial.accept(history);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(new AssertionError("thrown: " + e, e));
        }
    }

    private static String lines(List<Step> history) {
        StringBuilder lines = new StringBuilder();
        history.forEach(step -> lines.append("  ").append(step).append('\n'));
        return lines.toString();
    }
}
