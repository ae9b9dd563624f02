// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The queues of one node; another one has other jobs in queues of the same names. Throws what its {@link DisqueClient}
 * throws. Thread-safe.
 */
public final class DisqueQueues {
    private final Connections connections;

    DisqueQueues(Connections connections) {
        this.connections = connections;
    }

    /**
     * How many jobs wait in a queue on this node (QLEN).
     *
     * @param queue its name
     * @return 0 if there is no such queue
     */
    public long length(String queue) {
        return length(DisqueQueue.of(queue));
    }

    /**
     * How many jobs wait in a queue on this node (QLEN).
     *
     * @param queue its name
     * @return 0 if there is no such queue
     */
    public long length(DisqueQueue queue) {
        return connections.call(NodeCommands.length(queue));
    }

    /**
     * Looks at the jobs of a queue on this node without fetching them (QPEEK).
     *
     * @param queue its name
     * @param count how many at most; a negative number begins with the youngest
     * @return empty if there are none
     */
    public List<DisqueJob> peek(DisqueQueue queue, int count) {
        return connections.call(NodeCommands.peek(queue, count));
    }

    /**
     * Looks at the jobs of a queue on this node without fetching them (QPEEK).
     *
     * @param queue its name
     * @param count how many at most; a negative number begins with the youngest
     * @return empty if there are none
     */
    public List<DisqueJob> peek(String queue, int count) {
        return peek(DisqueQueue.of(queue), count);
    }

    /**
     * What this node knows of a queue (QSTAT).
     *
     * @param queue its name
     * @return empty if there is no such queue; it goes when it is empty and unused for some minutes
     */
    public Optional<QueueStat> stat(DisqueQueue queue) {
        return connections.call(NodeCommands.stat(queue));
    }

    /**
     * What this node knows of a queue (QSTAT).
     *
     * @param queue its name
     * @return empty if there is no such queue; it goes when it is empty and unused for some minutes
     */
    public Optional<QueueStat> stat(String queue) {
        return stat(DisqueQueue.of(queue));
    }

    /**
     * The queues of this node (QSCAN), fetched turn by turn while the stream is read. A queue that comes or goes meanwhile may
     * be missing, and one may be there twice.
     *
     * @param scan which queues
     * @return a stream for one thread
     */
    public Stream<DisqueQueue> scan(QueueScan scan) {
        return Scans.stream(cursor -> connections.call(NodeCommands.scan(scan, cursor)));
    }

    /**
     * Pauses a queue on this node, or lets it go on (PAUSE). What was set before is replaced.
     *
     * @param queue its name
     * @param state what it is to be
     * @return what it now is
     */
    public PauseState pause(DisqueQueue queue, PauseState state) {
        return connections.call(NodeCommands.pause(queue, state.word()));
    }

    /**
     * Pauses a queue on this node, or lets it go on (PAUSE). What was set before is replaced.
     *
     * @param queue its name
     * @param state what it is to be
     * @return what it now is
     */
    public PauseState pause(String queue, PauseState state) {
        return pause(DisqueQueue.of(queue), state);
    }

    /**
     * Pauses a queue on all nodes that this one reaches, or lets it go on (PAUSE … BCAST). The others follow a moment later.
     *
     * @param queue its name
     * @param state what it is to be
     * @return what it now is on this node
     */
    public PauseState pauseEverywhere(DisqueQueue queue, PauseState state) {
        return connections.call(NodeCommands.pause(queue, state.word(), "bcast"));
    }

    /**
     * Whether a queue is paused on this node (PAUSE … STATE).
     *
     * @param queue its name
     * @return what it is
     */
    public PauseState pauseState(DisqueQueue queue) {
        return connections.call(NodeCommands.pause(queue, "state"));
    }
}
