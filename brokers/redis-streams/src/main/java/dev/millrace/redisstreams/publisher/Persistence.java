// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.IdTooSmallException;
import dev.millrace.redisstreams.NotReplicatedException;
import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.events.Dispatcher;
import dev.millrace.redisstreams.publisher.PublisherEvent.NetworkFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/*
 * A message whose reply was lost may be in its stream. If it has a whole id of its own, trying again is refused then, as too
 * small; so the entry with that id is looked up, and if it is this message, it was published.
 */
/** Tries again what failed for the network's sake, all of it after one pause. Thread-safe. */
final class Persistence {
    private final Wire wire;
    private final Pauses pauses;
    private final Dispatcher<PublisherEvent> dispatcher;
    private final CountDownLatch closed = new CountDownLatch(1);

    Persistence(Wire wire, Pauses pauses, Dispatcher<PublisherEvent> dispatcher) {
        this.wire = wire;
        this.pauses = pauses;
        this.dispatcher = dispatcher;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Nothing is tried again any more. */
    void close() {
        closed.countDown();
    }

    /** Publishes one message, of which a first try failed. */
    String publish(StreamMessage message, RedisException error) {
        return publishAll(List.of(message), List.of(PublishResult.failed(error)))
                .get(0)
                .orThrow();
    }

    /** Publishes messages, given what became of the first try; one result for each. */
    List<PublishResult> publishAll(List<StreamMessage> messages, List<PublishResult> first) {
        List<PublishResult> results = new ArrayList<>(first);
        Set<Integer> mayBeThere = new HashSet<>();
        for (int failures = 1; ; failures++) {
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                if (results.get(i).error().isPresent() && judge(messages.get(i), i, results, mayBeThere)) {
                    again.add(i);
                }
            }
            if (again.isEmpty() || !rest(again, messages, results, failures)) {
                return results;
            }
            List<PublishResult> more =
                    wire.addAll(again.stream().map(messages::get).toList());
            for (int i = 0; i < more.size(); i++) {
                results.set(again.get(i), more.get(i));
            }
        }
    }

    /** Whether a message that failed is to be tried again. */
    private boolean judge(StreamMessage message, int place, List<PublishResult> results, Set<Integer> mayBeThere) {
        RedisException error = Wording.meaning(results.get(place).error().orElseThrow(), message);
        if (error instanceof IdTooSmallException && mayBeThere.contains(place)) {
            try {
                Optional<String> found =
                        Wording.wholeId(message).filter(id -> Wording.isThere(wire.link(), message, id));
                if (found.isPresent()) {
                    results.set(place, PublishResult.published(found.get()));
                    return false;
                }
            } catch (RedisException e) {
                error = e;
            }
        }
        results.set(place, PublishResult.failed(error));
        if (!isPassing(error)) {
            dispatcher.tell(new PublisherEvent.Refused(message, error));
            return false;
        }
        if (error instanceof RedisConnectionException lost && lost.mayHaveBeenExecuted()) {
            mayBeThere.add(place);
        }
        return true;
    }

    private static boolean isPassing(RedisException error) {
        return error.helpsLater() && !(error instanceof NotReplicatedException);
    }

    /** Waits until it is time for another try; false if there is to be none. */
    private boolean rest(List<Integer> again, List<StreamMessage> messages, List<PublishResult> results, int failures) {
        boolean interrupted = again.stream()
                .anyMatch(i -> results.get(i).error().orElseThrow() instanceof RedisConnectionException lost
                        && lost.isInterrupted());
        Optional<Duration> pause = isClosed() || interrupted ? Optional.empty() : pauses.after(failures);
        for (int i : again) {
            RedisException error = results.get(i).error().orElseThrow();
            dispatcher.tell(new NetworkFailed(messages.get(i), error, pause.isPresent(), pause));
        }
        try {
            return pause.isPresent() && !closed.await(pause.get().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Results for each, where none was tried. */
    static List<PublishResult> failed(int count, RedisException error) {
        return Collections.nCopies(count, PublishResult.failed(error));
    }
}
