// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Parcel;
import dev.millrace.broker.Support;
import dev.millrace.disque.AddJob;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.job.BrokerOption;
import dev.millrace.job.Job;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What jobs get that ask for nothing.
 *
 * @param retry after how long without acknowledgement a job comes again if it has no time limit
 * @param life how long a job lives that has no expiry
 * @param replicas on how many nodes it is kept, or empty for the server's choice
 */
record Terms(Duration retry, Duration life, OptionalInt replicas) {
    static final Duration DEFAULT_RETRY = Duration.ofMinutes(5);
    /** The server's own default is a day, after which it forgets a job without a word. */
    static final Duration DEFAULT_LIFE = Duration.ofDays(3650);

    static final Set<Class<? extends BrokerOption>> OPTIONS = Set.of(
            DisqueOption.Replicas.class,
            DisqueOption.Async.class,
            DisqueOption.MaxLength.class,
            DisqueOption.Retry.class);

    /** On Disque itself. */
    static final Capabilities COPIES = common().feature(
                    Feature.DELAYED_RETRY, Support.emulated("a copy, then the acknowledgement; may duplicate"))
            .feature(
                    Feature.DEAD_LETTER,
                    Support.emulated("a copy in QUEUE.dead, then the acknowledgement; may duplicate"))
            .build();

    /** On a server of Millrace. */
    static final Capabilities WORDS = common().feature(Feature.DELAYED_RETRY, Support.nativeSupport())
            .feature(Feature.DEAD_LETTER, Support.nativeSupport())
            .build();

    private static Capabilities.Builder common() {
        return Capabilities.builder()
                .feature(Feature.DELAY, Support.nativeSupport())
                .feature(Feature.EXPIRY, Support.nativeSupport())
                .feature(Feature.HEADERS, Support.emulated("an envelope around the payload"))
                .leases(Capabilities.LeaseScope.JOB)
                .settles(Capabilities.SettleScope.JOB)
                .attempts(Capabilities.AttemptCount.APPROXIMATE)
                .ordering(Capabilities.Ordering.BEST_EFFORT);
    }

    /** What Disque can count in 32 bits, and nobody will notice. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(68 * 365);

    private static final Duration LONGEST_DELAY = Duration.ofDays(57 * 365);
    private static final Duration LONGEST_RETRY = Duration.ofDays(49);

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Terms defaults() {
        return new Terms(DEFAULT_RETRY, DEFAULT_LIFE, OptionalInt.empty());
    }

    /** A job as Disque is told of it. */
    AddJob job(Job job) {
        byte[] body = Parcel.of(job.headers(), job.payload()).seal();
        Duration delay = shorter(job.delay(), LONGEST_DELAY);
        Duration lives = job.expiry().orElse(life.plus(delay));
        Duration retries = shorter(job.timeLimit().orElse(retry), LONGEST_RETRY);
        AddJob add = job(DisqueQueue.of(job.queue().value()), body, retries, lives);
        if (!delay.isZero()) {
            add = add.withDelay(delay);
        }
        for (BrokerOption option : job.options()) {
            add = switch ((DisqueOption) option) {
                case DisqueOption.Replicas copies -> add.withReplicas(copies.nodes());
                case DisqueOption.Async async -> add.async();
                case DisqueOption.MaxLength limit -> add.withMaxLength(limit.jobs());
                case DisqueOption.Retry own -> add.withRetry(own.time());
            };
        }
        return add;
    }

    /** A body for a queue. */
    AddJob job(DisqueQueue queue, byte[] body, Duration retryTime, Duration timeToLive) {
        AddJob bare = AddJob.to(queue, body).withTimeToLive(shorter(timeToLive, LONGEST_LIFE));
        AddJob add = retryTime.isZero() ? bare.atMostOnce() : bare.withRetry(retryTime);
        return replicas.isPresent() ? add.withReplicas(replicas.getAsInt()) : add;
    }
}
