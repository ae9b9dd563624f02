// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Settled;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an {@link Observer} is told. Each {@link Received} is followed by exactly one of {@link Finished}, {@link
 * HandedBack}, {@link LeaseLost} and {@link Gone}; {@link Finished} and {@link HandedBack} by one {@link Concluded}, unless
 * the job was taken at most once or the broker could not be told ({@link SettleFailed}). Immutable and thread-safe.
 */
public sealed interface Event {
    /**
     * In which worker.
     *
     * @return its name
     */
    String worker();

    /** Something that happened to one job. */
    sealed interface OfJob extends Event {
        /**
         * To which job.
         *
         * @return the job, with its ids and headers
         */
        JobContext job();
    }

    /**
     * The broker handed out a job.
     *
     * @param worker in which worker
     * @param job which job
     */
    record Received(String worker, JobContext job) implements OfJob {}

    /**
     * A handler begins.
     *
     * @param worker in which worker
     * @param job which job
     * @param waited how long it was from enqueueing to now, or empty where the broker does not say
     */
    record Started(String worker, JobContext job, Optional<Duration> waited) implements OfJob {}

    /**
     * An attempt failed; {@link Finished} or {@link Gone} follows.
     *
     * @param worker in which worker
     * @param job which job
     * @param failure what happened
     */
    record Failed(String worker, JobContext job, Failure failure) implements OfJob {}

    /**
     * A handler was interrupted at its time limit and has ended since, or does not heed the interrupt; {@link Failed}
     * follows.
     *
     * @param worker in which worker
     * @param job which job
     * @param limit how long it was allowed to take
     */
    record TimedOut(String worker, JobContext job, Duration limit) implements OfJob {}

    /**
     * An attempt is over. A job that no handler can take is finished without having started.
     *
     * @param worker in which worker
     * @param job which job
     * @param outcome what is to become of it: done, retried, snoozed, or a dead letter
     * @param waited how long it was from enqueueing to the start, or empty where the broker does not say
     * @param worked how long the handler took
     */
    record Finished(String worker, JobContext job, Outcome outcome, Optional<Duration> waited, Duration worked)
            implements OfJob {}

    /**
     * A job goes back to the broker because the worker stops, or because it was received ahead and has waited too long; the
     * attempt does not count.
     *
     * @param worker in which worker
     * @param job which job
     */
    record HandedBack(String worker, JobContext job) implements OfJob {}

    /**
     * A job that was taken at most once was not done, and does not come again.
     *
     * @param worker in which worker
     * @param job which job
     */
    record Gone(String worker, JobContext job) implements OfJob {}

    /**
     * A handler did not heed its interrupt: its place in the queue's concurrency is free again, its thread is not.
     *
     * @param worker in which worker
     * @param job which job
     * @param since how long ago it was interrupted
     */
    record HandlerStuck(String worker, JobContext job, Duration since) implements OfJob {}

    /**
     * A handler takes longer than its lease, which was renewed.
     *
     * @param worker in which worker
     * @param job which job
     * @param until the new end of the lease by the clock of the broker
     */
    record LeaseRenewed(String worker, JobContext job, Instant until) implements OfJob {}

    /**
     * A lease ended before its handler did; the handler is interrupted and its outcome ignored.
     *
     * @param worker in which worker
     * @param job which job
     */
    record LeaseLost(String worker, JobContext job) implements OfJob {}

    /**
     * The broker knows what is to become of a job.
     *
     * @param worker in which worker
     * @param job which job
     * @param answer its answer; {@link Settled#LOST} if the lease had ended, so that the job may come again
     */
    record Concluded(String worker, JobContext job, Settled answer) implements OfJob {}

    /**
     * The broker could not be told what is to become of some jobs.
     *
     * @param worker in which worker
     * @param queue of which queue
     * @param jobs how many jobs
     * @param error why
     * @param givenUp false if it is tried again; true if their leases have ended, so that they come again
     */
    record SettleFailed(String worker, QueueName queue, int jobs, RuntimeException error, boolean givenUp)
            implements Event {}

    /**
     * The broker failed while jobs of a queue were to be received.
     *
     * @param worker in which worker
     * @param queue which queue
     * @param error why
     * @param nextTry after how long it is tried again
     */
    record BrokerFailed(String worker, QueueName queue, RuntimeException error, Duration nextTry) implements Event {}

    /**
     * The worker is alive but does not receive, or cannot settle: the broker has not answered for longer than it should
     * take, and no error has come either. Told once, until it answers again.
     *
     * @param worker in which worker
     * @param queue which queue
     * @param since how long the call has taken by now
     */
    record BrokerSilent(String worker, QueueName queue, Duration since) implements Event {}

    /**
     * Jobs of a queue are received again.
     *
     * @param worker in which worker
     * @param queue which queue
     * @param down how long they were not
     */
    record BrokerRecovered(String worker, QueueName queue, Duration down) implements Event {}

    /**
     * The worker receives.
     *
     * @param worker which worker
     */
    record WorkerStarted(String worker) implements Event {}

    /**
     * The worker receives no more and ends what it has.
     *
     * @param worker which worker
     * @param patience how long handlers may still take
     */
    record WorkerDraining(String worker, Duration patience) implements Event {}

    /**
     * The worker has ended; nothing follows.
     *
     * @param worker which worker
     */
    record WorkerStopped(String worker) implements Event {}
}
