// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.hosting.Answer;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Call.Added;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * The calls of one turn and what came of each so far. Each gets exactly one answer: from here, or from the one that
 * it was handed to.
 */
final class Turn {
    final List<? extends Call> calls;
    private final @Nullable Object[] outcomes;
    private final long[] numbers;
    private int answered;

    /** Somebody else gives the answer. */
    private enum Handed {
        OVER
    }

    Turn(List<? extends Call> calls) {
        this.calls = calls;
        this.outcomes = new @Nullable Object[calls.size()];
        this.numbers = new long[calls.size()];
    }

    int size() {
        return outcomes.length;
    }

    /** How many calls of the front have their answer. */
    int answered() {
        return answered;
    }

    /** What the call is answered with: a {@link RuntimeException} is a failure. */
    void outcome(int i, @Nullable Object outcome) {
        outcomes[i] = outcome;
    }

    /** An Add was stored, unless another outcome says otherwise, and has this number. */
    void number(int i, long number) {
        numbers[i] = number;
    }

    void handOver(int i) {
        outcomes[i] = Handed.OVER;
    }

    /** Answers all up to one that did not run yet. */
    void answer(int to, JobIds ids) {
        while (answered < to) {
            int i = answered++;
            Call call = calls.get(i);
            Object outcome = outcomes[i];
            outcomes[i] = null;
            Waits.safely(() -> answer(call, outcome, numbers[i], ids));
        }
    }

    /** Fails all that have no answer yet. */
    void fail(RuntimeException why) {
        while (answered < size()) {
            int i = answered++;
            if (outcomes[i] != Handed.OVER) {
                Waits.safely(() -> calls.get(i).answer().fail(why));
            }
        }
    }

    private static void answer(Call call, @Nullable Object outcome, long number, JobIds ids) {
        if (outcome == Handed.OVER) {
            return;
        }
        if (outcome instanceof RuntimeException why) {
            call.answer().fail(why);
        } else if (call instanceof Call.Add add) {
            EnqueueResult result = outcome == null
                    ? new EnqueueResult.Stored(add.job().id().orElseGet(() -> ids.of(number)))
                    : (EnqueueResult) outcome;
            add.answer().give(new Added(number, result));
        } else if (outcome == null) {
            call.answer().fail(BrokerException.lasting("the embedded broker failed before this was done", null));
        } else {
            give(call.answer(), outcome);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> void give(Answer<T> answer, Object outcome) {
        answer.give((T) Objects.requireNonNull(outcome));
    }
}
