// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * A view of its own, so that nobody sends these words to a server that would take them for errors: it is only given out where
 * the server has said that it knows them.
 */
/**
 * What a server of Millrace can do beside all that Disque can: ids of your own, headers, priorities, limits of deliveries,
 * jobs that are put aside, and waiting for the end of a job. {@link DisqueClient#millrace()} gives it where the server has
 * it. Throws what its {@link DisqueClient} throws. Thread-safe.
 */
public final class MillraceWords {
    private final Connections connections;
    private final Set<String> extensions;

    MillraceWords(Connections connections, Set<String> extensions) {
        this.connections = connections;
        this.extensions = extensions;
    }

    /**
     * The words themselves, as the server lists them.
     *
     * @return for example {@code addjob-id}
     */
    public Set<String> extensions() {
        return extensions;
    }

    /**
     * Adds a job with an id of its own, headers, a limit of deliveries or a place (ADDJOB with ID, HEADER, DELIVERIES, FRONT,
     * PRIORITY).
     *
     * @param job what to add
     * @param extras what Disque does not have
     * @return the id that the server gave it
     * @throws DuplicateJobException if the server knows a job with that id of your own
     */
    public DisqueJobId add(AddJob job, JobExtras extras) {
        return connections.call(MillraceCommands.add(job, extras));
    }

    /**
     * Fetches jobs with their headers (GETJOB WITHHEADERS), else as {@link DisqueClient#get(GetJob)}.
     *
     * @param get what to fetch
     * @return empty if there were none in time
     */
    public List<DisqueJob> get(GetJob get) {
        return connections.call(Commands.get(get, Verb.Word.WITHHEADERS));
    }

    /**
     * Gives back jobs that could not be done, to be queued after a while (NACK … PDELAY). One that was delivered as often as
     * it may be is put aside at once.
     *
     * @param delay how long, at most 100 years; what lies between two milliseconds is rounded up
     * @param ids of jobs
     * @return how many of them were given back
     */
    public int nack(Duration delay, Collection<DisqueJobId> ids) {
        return nack(delay, Map.of(), ids);
    }

    /**
     * The same, and gives the jobs more headers (NACK … HEADER).
     *
     * @param delay how long, at most 100 years; zero is at once
     * @param headers what to add to the headers of the jobs, or to put in their place; empty changes nothing
     * @param ids of jobs
     * @return how many of them were given back
     */
    public int nack(Duration delay, Map<String, String> headers, Collection<DisqueJobId> ids) {
        long millis = Units.millisUp("the delay", delay, Units.LONGEST_WAIT);
        return Several.sum(connections, ids, some -> MillraceCommands.nack(some, millis, headers));
    }

    /**
     * Gives back jobs that could not be done, to be queued after a while (NACK … PDELAY).
     *
     * @param delay how long, at most 100 years; what lies between two milliseconds is rounded up
     * @param ids of jobs
     * @return how many of them were given back
     */
    public int nack(Duration delay, DisqueJobId... ids) {
        return nack(delay, List.of(ids));
    }

    /**
     * Puts jobs aside (DEADJOB): nobody gets them until they are queued again by {@link #redrive(DisqueQueue, int)}.
     *
     * @param reason why, for people
     * @param ids of jobs
     * @return how many of them were put aside
     */
    public int bury(String reason, Collection<DisqueJobId> ids) {
        return bury(reason, Map.of(), ids);
    }

    /**
     * The same, and gives the jobs more headers (DEADJOB … HEADER).
     *
     * @param reason why, for people
     * @param headers what to add to the headers of the jobs, or to put in their place; empty changes nothing
     * @param ids of jobs
     * @return how many of them were put aside
     */
    public int bury(String reason, Map<String, String> headers, Collection<DisqueJobId> ids) {
        return Several.sum(connections, ids, some -> MillraceCommands.bury(reason, some, headers));
    }

    /**
     * Queues jobs again that were put aside, as if nobody had tried them (REVIVE).
     *
     * @param ids of jobs
     * @return how many of them were put aside before
     */
    public int revive(DisqueJobId... ids) {
        return Several.sum(connections, List.of(ids), some -> Commands.count(Verb.REVIVE, some));
    }

    /**
     * Puts jobs aside (DEADJOB).
     *
     * @param reason why, for people
     * @param ids of jobs
     * @return how many of them were put aside
     */
    public int bury(String reason, DisqueJobId... ids) {
        return bury(reason, List.of(ids));
    }

    /**
     * Looks at the job that was added with an id of its own (FINDJOB).
     *
     * @param id what {@link JobExtras#withId} was given
     * @return the job; empty if the server knows none with that id
     */
    public Optional<JobDetails> find(String id) {
        return connections.call(MillraceCommands.find(id));
    }

    /**
     * Looks at the jobs of a queue that were put aside (DEADLIST).
     *
     * @param queue its name
     * @param count how many at most; 1 or more
     * @return those that there are, in the state {@link JobState#DEAD}, with their reason
     */
    public List<DeadJob> dead(DisqueQueue queue, int count) {
        return connections.call(MillraceCommands.dead(queue, positive(count)));
    }

    /**
     * Looks at the jobs of a queue that were put aside (DEADLIST).
     *
     * @param queue its name
     * @param count how many at most; 1 or more
     * @return those that there are, in the state {@link JobState#DEAD}, with their reason
     */
    public List<DeadJob> dead(String queue, int count) {
        return dead(DisqueQueue.of(queue), count);
    }

    /**
     * Queues jobs again that were put aside, the oldest first (REDRIVE). Like all that concerns whole queues it may take long;
     * the server finishes it even if this client stops waiting with {@link DisqueTimeoutException}.
     *
     * @param queue its name
     * @param max how many at most; 1 or more, {@code Integer.MAX_VALUE} for all
     * @return how many were queued
     */
    public long redrive(DisqueQueue queue, int max) {
        return connections.call(MillraceCommands.redrive(queue, positive(max)));
    }

    /**
     * Queues jobs again that were put aside, the oldest first (REDRIVE).
     *
     * @param queue its name
     * @param max how many at most; 1 or more, {@code Integer.MAX_VALUE} for all
     * @return how many were queued
     */
    public long redrive(String queue, int max) {
        return redrive(DisqueQueue.of(queue), max);
    }

    /**
     * Throws away the jobs of a queue that were put aside (DEADPURGE).
     *
     * @param queue its name
     * @return how many there were
     */
    public long purgeDead(DisqueQueue queue) {
        return connections.call(MillraceCommands.purge(Verb.DEADPURGE, queue));
    }

    /**
     * Throws away the jobs of a queue that were put aside (DEADPURGE).
     *
     * @param queue its name
     * @return how many there were
     */
    public long purgeDead(String queue) {
        return purgeDead(DisqueQueue.of(queue));
    }

    /**
     * Throws away the jobs of a queue that are queued or delayed (PURGE); those that somebody has stay.
     *
     * @param queue its name
     * @return how many there were
     */
    public long purge(DisqueQueue queue) {
        return connections.call(MillraceCommands.purge(Verb.PURGE, queue));
    }

    /**
     * Throws away the jobs of a queue that are queued or delayed (PURGE); those that somebody has stay.
     *
     * @param queue its name
     * @return how many there were
     */
    public long purge(String queue) {
        return purge(DisqueQueue.of(queue));
    }

    /**
     * Waits until a job ends (WAITJOB). An interrupt ends that early.
     *
     * @param id of the job
     * @param timeout how long, at most 2,147,483,647 ms; what lies between two milliseconds is rounded up, and zero is one
     *     millisecond
     * @return how it ended, at once if it did before; empty if it did not end in time
     */
    public Optional<JobEnd> awaitEnd(DisqueJobId id, Duration timeout) {
        long millis = Math.max(1, Units.millisUp("the timeout", timeout));
        return connections.call(MillraceCommands.await(id, millis));
    }

    /**
     * Waits without end until a job ends (WAITJOB). Only an interrupt or closing the client ends that early.
     *
     * @param id of the job
     * @return how it ended
     */
    public JobEnd awaitEnd(DisqueJobId id) {
        return connections
                .call(MillraceCommands.await(id, MillraceCommands.FOR_EVER))
                .orElseThrow(() -> new DisqueProtocolException(
                        "the server replied nothing where the end of a job was expected", null));
    }

    private static int positive(int count) {
        return Units.inRange("the count", count, 1, Integer.MAX_VALUE);
    }
}
