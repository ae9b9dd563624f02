// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/*
 * Why a server does not use Broker and Receiver: it serves thousands of connections from one thread, so it must not wait
 * on any of them, and it wants everything that came in one turn of its loop to be made safe together.
 */
/**
 * A broker that a server of another protocol can stand on: {@code broker.facet(Host.class)}. Thread-safe, but made for
 * one caller. A job has a number, given once and never again; a protocol makes its ids from it.
 */
public interface Host {
    /**
     * Names the numbers of this host's jobs.
     *
     * @return the same for the whole life of the stored jobs, restarts included, and another for every other store
     */
    String store();

    /**
     * How the jobs of a host are called whose ids are not made from their numbers.
     *
     * @return empty if the numbers are all
     */
    default Optional<Naming> naming() {
        return Optional.empty();
    }

    /**
     * Does what a turn asks. The calls are done in their order, what they change is made safe together, and each is
     * answered; a {@link Call.Take} or {@link Call.Await} that has to wait is answered later. Does not wait for jobs, but
     * for the disk.
     *
     * @param turn the calls, the oldest first; none only lets time pass
     */
    void run(List<? extends Call> turn);

    /**
     * Whether calls that need not wait are answered before {@link #run} is over.
     *
     * @return false if they are done elsewhere, in their order, and answered later
     */
    default boolean prompt() {
        return true;
    }

    /**
     * Ends the waiting of a call, without an answer.
     *
     * @param call a call that was handed over and may be waiting
     * @return false if it does not wait any more: it was answered, or is being answered now
     */
    boolean withdraw(Call call);

    /**
     * For how long nothing becomes due: a caller whose calls wait lets time pass by {@link #run} when it is over.
     *
     * @return milliseconds; 0 if something is due, {@link Long#MAX_VALUE} if nothing will be
     */
    long idleMillis();

    /**
     * Tells when {@link #idleMillis()} became shorter, by whatever: also by producers and workers that use the broker without
     * this host.
     *
     * @param alarm runs on any thread; it must return soon and must not call the host
     * @return ends the telling when it is run
     */
    Runnable whenSooner(Runnable alarm);

    /**
     * Where other processes on this machine look for a socket, if they find that this process has the host.
     *
     * @return the path at which to listen, with Disque's protocol; empty if nobody will look
     */
    Optional<Path> door();

    /**
     * Whether it has failed for good: nothing that was accepted is lost, and nothing can be done before its broker is closed
     * and opened again.
     *
     * @return why, or empty while it works; a moment's look, without waiting for anybody
     */
    default Optional<RuntimeException> failure() {
        return Optional.empty();
    }

    /**
     * How much this host holds.
     *
     * @return a moment's numbers, without waiting for anybody
     */
    HostUsage usage();
}
