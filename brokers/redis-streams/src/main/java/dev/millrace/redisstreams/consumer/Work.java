// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import dev.millrace.job.Payload;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.groups.Fields;
import dev.millrace.worker.DecidingHandler;
import dev.millrace.worker.Failure;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Outcome;
import dev.millrace.worker.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * The count of deliveries alone says whether a message is dead, so it is so whoever has it next: after retries here, in
 * another consumer, or after some that ended without a word.
 */
/** The handlers of one stream as the handler of a worker. */
final class Work implements DecidingHandler<Payload> {
    private final MessageHandler handler;
    private final @Nullable MessageHandler deadLetters;
    private final Rules rules;
    private final Troubles troubles;

    /**
     * What follows a failure.
     *
     * @param maxRetry how many retries there are before a message is dead; negative for as many as it takes
     * @param limited whether there is a handler timeout
     * @param backoff how long to wait where the handler does not say it
     */
    record Rules(int maxRetry, boolean limited, RetryPolicy backoff) {
        /** How often a message that was delivered so often came to its dead-letter handler, now included; 0 or less for not. */
        long deadDeliveries(int delivery) {
            return maxRetry < 0 ? 0 : delivery - 1L - maxRetry;
        }

        /** The last retry failed: what follows is the dead-letter handler, at once. */
        boolean isLast(int delivery) {
            return maxRetry >= 0 && delivery == 1L + maxRetry;
        }
    }

    Work(MessageHandler handler, @Nullable MessageHandler deadLetters, Rules rules, Troubles troubles) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.rules = rules;
        this.troubles = troubles;
    }

    @Override
    public Outcome handle(Payload payload, JobContext job) throws Exception {
        StreamMessage message = StreamMessage.of(job.queue().value(), Fields.of(payload))
                .withId(job.id().value());
        troubles.begin(job, message);
        try {
            return decide(message, job);
        } finally {
            troubles.end(job);
        }
    }

    private Outcome decide(StreamMessage message, JobContext job) throws Exception {
        long dead = rules.deadDeliveries(job.attempt());
        if (dead <= 0) {
            return run(handler, message, job, job.attempt());
        }
        if (deadLetters == null) {
            troubles.tell(new ConsumerEvent.Dropped(message, job.attempt()));
            return Outcome.done();
        }
        Outcome outcome = run(deadLetters, message, job, (int) Math.min(Integer.MAX_VALUE, dead));
        if (outcome instanceof Outcome.Done) {
            troubles.tell(new ConsumerEvent.DeadLettered(message, job.attempt()));
        }
        return outcome;
    }

    private Outcome run(MessageHandler chosen, StreamMessage message, JobContext job, int failures) throws Exception {
        Result result;
        try {
            result = chosen.handle(message, new MessageContext(job, rules.limited()));
        } catch (Throwable e) {
            if (job.cancelled()) {
                throw e; // The worker knows why it interrupted.
            }
            return again(Result.retry(e), message, job, failures);
        }
        return switch (result) {
            case Result.Success success -> Outcome.done();
            case Result.Discard discard -> {
                troubles.tell(new ConsumerEvent.Discarded(message, job.attempt(), discard.error()));
                yield Outcome.done();
            }
            case Result.Retry retry -> again(retry, message, job, failures);
            case null ->
                again(
                        Result.retry(new NullPointerException("the handler returned null; return a Result")),
                        message,
                        job,
                        failures);
        };
    }

    private Outcome again(Result result, StreamMessage message, JobContext job, int failures) {
        Result.Retry retry = (Result.Retry) result;
        Throwable error = retry.error();
        troubles.failed(message, job, error);
        Duration delay = rules.isLast(job.attempt())
                ? Duration.ZERO
                : retry.backoff().orElseGet(() -> backoff(job, error, failures));
        return Outcome.retry(delay, error.getClass().getName());
    }

    private Duration backoff(JobContext job, Throwable error, int failures) {
        Failure failure = new Failure(job.id(), job.queue(), Optional.empty(), failures, error);
        return rules.backoff().delayAfter(failure).orElse(Duration.ZERO);
    }
}
