// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to fetch (GETJOB): at most so many jobs from the first queues that have some. A call that finds jobs returns them
 * at once, fewer than asked for if there are fewer; one that had to wait returns one job. Immutable: each {@code with}
 * gives another one.
 */
public final class GetJob {
    private static final long FOR_EVER = 0;
    private static final long NO_HANG = -1;

    private final List<DisqueQueue> queues;
    private final int count;
    /** Milliseconds. */
    private final long timeout;

    private final boolean counters;

    private GetJob(List<DisqueQueue> queues, int count, long timeout, boolean counters) {
        this.queues = queues;
        this.count = count;
        this.timeout = timeout;
        this.counters = counters;
    }

    /**
     * One job from queues with names of text, without waiting.
     *
     * @param queues at least one; visited from left to right
     * @return what to fetch
     */
    public static GetJob from(String... queues) {
        return from(Stream.of(queues).map(DisqueQueue::of).toList());
    }

    /**
     * One job from queues, without waiting.
     *
     * @param queues at least one; visited from left to right
     * @return what to fetch
     */
    public static GetJob from(List<DisqueQueue> queues) {
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("no queue to get jobs from; name at least one");
        }
        return new GetJob(List.copyOf(queues), 1, NO_HANG, false);
    }

    /**
     * At most so many jobs in one call.
     *
     * @param count 1 to 2,147,483,647
     * @return what to fetch with it
     */
    public GetJob withCount(int count) {
        return new GetJob(queues, Units.inRange("the count", count, 1, Integer.MAX_VALUE), timeout, counters);
    }

    /**
     * Waits for a job. The server looks at its clock ten times a second and may be up to a second late with many waiting
     * clients.
     *
     * @param timeout how long, at most 2,147,483,647 ms; what lies between two milliseconds is rounded up; zero does not
     *     wait. To wait without end see {@link #waitingForEver()}
     * @return what to fetch with it
     */
    public GetJob waiting(Duration timeout) {
        long millis = Units.millisUp("the timeout", timeout);
        return new GetJob(queues, count, millis == 0 ? NO_HANG : millis, counters);
    }

    /**
     * Waits for a job without end. Only an interrupt or closing the client ends that early.
     *
     * @return what to fetch with it
     */
    public GetJob waitingForEver() {
        return new GetJob(queues, count, FOR_EVER, counters);
    }

    /**
     * Asks how often each job was delivered before (WITHCOUNTERS).
     *
     * @return what to fetch with it
     */
    public GetJob withCounters() {
        return new GetJob(queues, count, timeout, true);
    }

    /**
     * Where jobs are fetched from.
     *
     * @return at least one queue
     */
    public List<DisqueQueue> queues() {
        return queues;
    }

    /**
     * How many jobs are fetched at most.
     *
     * @return 1 or more
     */
    public int count() {
        return count;
    }

    boolean hasCounters() {
        return counters;
    }

    /** Whether the command waits at the server. */
    boolean waits() {
        return timeout != NO_HANG;
    }

    /** Milliseconds; zero is for ever. Asked only if it {@link #waits()}. */
    long timeout() {
        return timeout;
    }

    @Override
    public String toString() {
        String wait = waits() ? timeout == FOR_EVER ? "for ever" : timeout + " ms" : "no wait";
        return "GetJob[" + queues + ", " + count + ", " + wait + (counters ? ", counters]" : "]");
    }
}
