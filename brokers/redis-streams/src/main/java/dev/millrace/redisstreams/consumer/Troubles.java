// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.broker.Settled;
import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.consumer.ConsumerEvent.ClaimedByOther;
import dev.millrace.redisstreams.consumer.ConsumerEvent.DeadLetterHandlerFailed;
import dev.millrace.redisstreams.consumer.ConsumerEvent.HandlerFailed;
import dev.millrace.redisstreams.consumer.ConsumerEvent.HandlerStuck;
import dev.millrace.redisstreams.consumer.ConsumerEvent.NetworkFailed;
import dev.millrace.redisstreams.consumer.ConsumerEvent.NotAcknowledged;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Recovered;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Refused;
import dev.millrace.redisstreams.consumer.ConsumerEvent.TooLate;
import dev.millrace.redisstreams.consumer.ConsumerEvent.Vanished;
import dev.millrace.redisstreams.events.Dispatcher;
import dev.millrace.redisstreams.groups.GroupNews;
import dev.millrace.worker.Event;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Observer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A worker knows jobs by their context, which carries no contents; so what is in hand is noted here, to be told with the message.
 */
/** Tells the listener what goes wrong in a worker, and ends the consumer when the network failed too often. Thread-safe. */
final class Troubles implements Observer, GroupNews {
    private final Dispatcher<ConsumerEvent> dispatcher;
    private final Work.Rules rules;
    private final int networkRetry;
    private final Consumer<RuntimeException> fatal;
    private final Map<JobContext, InHand> inHand = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    /** A message that is told of until its handler has returned and the worker has said what becomes of it, in either order. */
    private record InHand(StreamMessage message, AtomicInteger ends) {
        InHand(StreamMessage message) {
            this(message, new AtomicInteger(2));
        }
    }

    Troubles(
            Dispatcher<ConsumerEvent> dispatcher,
            Work.Rules rules,
            int networkRetry,
            Consumer<RuntimeException> fatal) {
        this.dispatcher = dispatcher;
        this.rules = rules;
        this.networkRetry = networkRetry;
        this.fatal = fatal;
    }

    void tell(ConsumerEvent event) {
        dispatcher.tell(event);
    }

    /** A handler is about to get a message. */
    void begin(JobContext job, StreamMessage message) {
        inHand.put(job, new InHand(message));
    }

    /** A handler has returned, or the worker has said what becomes of the message. */
    void end(JobContext job) {
        InHand message = inHand.get(job);
        if (message != null && message.ends().decrementAndGet() == 0) {
            inHand.remove(job);
        }
    }

    /** A handler failed. */
    void failed(StreamMessage message, JobContext job, Throwable error) {
        tell(
                rules.deadDeliveries(job.attempt()) > 0
                        ? new DeadLetterHandlerFailed(message, job.attempt(), error)
                        : new HandlerFailed(message, job.attempt(), error));
    }

    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Failed failed
            when failed.failure().error() instanceof TimeoutException late ->
                message(failed).ifPresent(message -> failed(message, failed.job(), late));
            case Event.HandlerStuck stuck ->
                message(stuck).ifPresent(message -> tell(new HandlerStuck(message, stuck.since())));
            case Event.LeaseLost lost -> {
                message(lost).ifPresent(message -> tell(new ClaimedByOther(message)));
                end(lost.job());
            }
            case Event.Concluded concluded -> concluded(concluded);
            case Event.HandedBack back -> end(back.job());
            case Event.Gone gone -> end(gone.job());
            case Event.Finished finished -> end(finished.job());
            case Event.BrokerFailed down -> down(down.queue().value(), down.error(), down.nextTry());
            case Event.BrokerRecovered up -> {
                failures.remove(up.queue().value());
                tell(new Recovered(up.queue().value(), up.down()));
            }
            case Event.SettleFailed failed ->
                tell(new NotAcknowledged(failed.queue().value(), failed.jobs(), failed.error(), failed.givenUp()));
            default -> {}
        }
    }

    private Optional<StreamMessage> message(Event.OfJob event) {
        return Optional.ofNullable(inHand.get(event.job())).map(InHand::message);
    }

    private void concluded(Event.Concluded concluded) {
        if (concluded.answer() == Settled.LOST) {
            JobContext job = concluded.job();
            tell(new TooLate(job.queue().value(), job.id().value()));
        }
    }

    private void down(String stream, RuntimeException error, Duration nextTry) {
        int count = failures.merge(stream, 1, Integer::sum);
        boolean retrying = networkRetry < 0 || count <= networkRetry;
        Optional<Duration> backoff = retrying ? Optional.of(nextTry) : Optional.empty();
        tell(
                isNetwork(error)
                        ? new NetworkFailed(stream, error, retrying, backoff)
                        : new Refused(stream, error, retrying, backoff));
        if (!retrying) {
            fatal.accept(error);
        }
    }

    private static boolean isNetwork(@Nullable Throwable error) {
        return error != null && (error instanceof RedisConnectionException || isNetwork(error.getCause()));
    }

    @Override
    public void vanished(String stream, String id) {
        tell(new Vanished(stream, id));
    }

    @Override
    public void madeAnew(String stream, String from) {
        tell(new ConsumerEvent.GroupMadeAnew(stream, from));
    }
}
