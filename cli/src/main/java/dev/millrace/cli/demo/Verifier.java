// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Settlement;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.cli.watch.Facets;
import dev.millrace.job.DecodeException;
import dev.millrace.job.QueueName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Compares what the handlers wrote and what the broker has left with what should be, computed again from the content. Used
 * once.
 */
final class Verifier {
    private static final int MOST = 20;

    private final Input input;
    private final Ledger ledger;
    private final QueueName queue;
    private final List<String> differences = new ArrayList<>();
    private final BitSet dead = new BitSet();
    private int more;

    Verifier(Input input, Ledger ledger, QueueName queue) {
        this.input = input;
        this.ledger = ledger;
        this.queue = queue;
    }

    /** All that is not as it should be. */
    List<String> differences() {
        List<String> all = new ArrayList<>(differences);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }

    DemoReport.Counts run(Broker broker, Streams streams) throws IOException {
        Inspectable inside = Facets.of(broker, Inspectable.class, "the proof of the demonstration");
        List<QueueStatus> there = inside.queues().stream()
                .filter(status -> status.queue().equals(queue))
                .toList();
        if (Omissions.readsLetters(broker)) {
            readDeadLetters(inside.dead(queue, input.jobs() + 1));
        } else {
            countDeadLetters(
                    there.stream().mapToLong(status -> status.dead().orElse(0)).sum());
        }
        there.forEach(this::expectEmpty);
        if (ledger.unknown() > 0) {
            differ(ledger.unknown() + " results are of jobs that nobody enqueued");
        }
        int lost = 0;
        try (Progress progress = Progress.of(streams, "verify", input.jobs())) {
            int checked = 0;
            for (int content = 0; content < input.distinct(); content++) {
                Digest expected = Digest.of(input.content(content));
                for (int number = content; number < input.jobs(); number += input.distinct()) {
                    lost += check(number, expected) ? 0 : 1;
                    progress.at(++checked);
                }
            }
        }
        return new DemoReport.Counts(
                input.jobs(), ledger.done(), ledger.retried(), dead.cardinality(), ledger.deliveredTwice(), lost);
    }

    /** Returns false if the job is lost. */
    private boolean check(int number, Digest expected) {
        Optional<Digest> digest = ledger.digest(number);
        if (digest.isEmpty() && !dead.get(number)) {
            differ("job " + number + " is lost: it has no result and is not in the dead letters");
            return false;
        }
        Fate fate = Fate.of(number, input.jobs());
        if ((fate == Fate.FAILS_ALWAYS) != dead.get(number) || digest.isPresent() == dead.get(number)) {
            differ("job " + number + " (" + fate + ") is " + (digest.isPresent() ? "done" : "not done") + " and "
                    + (dead.get(number) ? "in the dead letters" : "not in the dead letters"));
        }
        if (digest.isPresent() && (!digest.get().equals(expected) || ledger.contradicts(number))) {
            differ("job " + number + " has another result than a direct computation: " + digest.get() + " is not "
                    + expected);
        }
        if (fate == Fate.FAILS_ONCE && !ledger.failed(number)) {
            differ("job " + number + " was to fail the first time and did not");
        }
        return true;
    }

    private void readDeadLetters(List<Glimpse> letters) {
        for (Glimpse letter : letters) {
            try {
                int number = DemoJob.CODEC.decode(letter.payload()).number();
                if (number < 0 || number >= input.jobs() || dead.get(number)) {
                    differ("dead letter " + letter.id() + " is of a job that nobody enqueued, or there twice");
                } else {
                    dead.set(number);
                }
                String reason = letter.headers().getOrDefault(Settlement.REASON_HEADER, "");
                if (!reason.contains(DemoHandler.FOR_EVER)) {
                    differ("dead letter " + letter.id() + " of job " + number + " has the reason \"" + reason + "\"");
                }
            } catch (DecodeException e) {
                differ("dead letter " + letter.id() + ": " + e.getMessage());
            }
        }
    }

    /** Where they cannot be read, those without a result that were to fail are taken for them, if there are as many. */
    private void countDeadLetters(long counted) {
        for (int number = 0; number < input.jobs(); number++) {
            if (Fate.of(number, input.jobs()) == Fate.FAILS_ALWAYS
                    && ledger.digest(number).isEmpty()) {
                dead.set(number);
            }
        }
        if (counted != dead.cardinality()) {
            differ(counted + " dead letters are counted, and " + dead.cardinality() + " jobs failed for ever");
            dead.clear();
        }
    }

    private void expectEmpty(QueueStatus status) {
        long left = status.ready().orElse(0)
                + status.waiting().orElse(0)
                + status.leased().orElse(0);
        if (left > 0) {
            differ(left + " jobs are left in queue " + queue);
        }
    }

    private void differ(String what) {
        if (differences.size() < MOST) {
            differences.add(what);
        } else {
            more++;
        }
    }
}
