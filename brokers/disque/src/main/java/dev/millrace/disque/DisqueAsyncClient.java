// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Pipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A client of one node that does not wait for replies: commands follow each other over one connection, and a future tells the
 * reply. Hundreds may be in flight; what gathers while the connection is busy is sent at once. Commands of one thread are
 * executed in their order.
 *
 * <p>A GETJOB that waits at the server would hold up what is behind it; it uses a connection of the {@link DisqueClient}
 * that this comes from, on a virtual thread. An ADDJOB that waits for copies on other nodes does hold up the others; {@link
 * AddJob#async()} avoids that.
 *
 * <p>Futures fail with what {@link DisqueClient} would throw, and are completed on the thread that reads replies: what hangs
 * on them must not block, or must be handed on ({@code thenAcceptAsync}). Cancelling one takes nothing back. When {@link
 * DisqueOptions#inFlight()} commands are waiting, further ones fail at once. After the loss of the connection the next
 * command connects anew.
 *
 * <p>Thread-safe.
 */
public final class DisqueAsyncClient implements AutoCloseable {
    private final DisqueClient client;
    private final Pipeline pipeline;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

    DisqueAsyncClient(DisqueClient client, Pipeline pipeline) {
        this.client = client;
        this.pipeline = pipeline;
    }

    /**
     * Adds a job (ADDJOB).
     *
     * @param job what to add
     * @return its id
     */
    public CompletableFuture<DisqueJobId> add(AddJob job) {
        return pipeline.submit(Commands.add(job));
    }

    /**
     * Fetches jobs (GETJOB).
     *
     * @param get what to fetch
     * @return empty if there were none in time
     */
    public CompletableFuture<List<DisqueJob>> get(GetJob get) {
        return get.waits()
                ? CompletableFuture.supplyAsync(() -> client.get(get), waiting)
                : pipeline.submit(Commands.get(get));
    }

    /**
     * Tells the cluster that jobs are done (ACKJOB).
     *
     * @param ids of jobs, in one command
     * @return how many of them the node knew and were not acknowledged yet
     */
    public CompletableFuture<Integer> ack(Collection<DisqueJobId> ids) {
        return count(Verb.ACKJOB, ids);
    }

    /**
     * Tells the cluster that jobs are done (ACKJOB).
     *
     * @param ids of jobs, in one command
     * @return how many of them the node knew and were not acknowledged yet
     */
    public CompletableFuture<Integer> ack(DisqueJobId... ids) {
        return ack(List.of(ids));
    }

    /**
     * Drops jobs that are done with less ceremony (FASTACK).
     *
     * @param ids of jobs, in one command
     * @return how many of them the node dropped
     */
    public CompletableFuture<Integer> fastAck(Collection<DisqueJobId> ids) {
        return count(Verb.FASTACK, ids);
    }

    /**
     * Gives back jobs that could not be done (NACK).
     *
     * @param ids of jobs, in one command
     * @return how many of them were queued again
     */
    public CompletableFuture<Integer> nack(Collection<DisqueJobId> ids) {
        return count(Verb.NACK, ids);
    }

    /**
     * Queues jobs now that are delayed, delivered or taken out (ENQUEUE).
     *
     * @param ids of jobs, in one command
     * @return how many of them were queued
     */
    public CompletableFuture<Integer> enqueue(Collection<DisqueJobId> ids) {
        return count(Verb.ENQUEUE, ids);
    }

    /**
     * Takes jobs out of their queue (DEQUEUE).
     *
     * @param ids of jobs, in one command
     * @return how many of them were taken out
     */
    public CompletableFuture<Integer> dequeue(Collection<DisqueJobId> ids) {
        return count(Verb.DEQUEUE, ids);
    }

    /**
     * Makes this node forget jobs, but no other (DELJOB).
     *
     * @param ids of jobs, in one command
     * @return how many of them it forgot
     */
    public CompletableFuture<Integer> delete(Collection<DisqueJobId> ids) {
        return count(Verb.DELJOB, ids);
    }

    private CompletableFuture<Integer> count(Verb verb, Collection<DisqueJobId> ids) {
        return ids.isEmpty() ? CompletableFuture.completedFuture(0) : pipeline.submit(Commands.count(verb, ids));
    }

    /**
     * Says that a job is still being worked at (WORKING).
     *
     * @param id of the job
     * @return the retry time, which begins anew
     */
    public CompletableFuture<Duration> working(DisqueJobId id) {
        return pipeline.submit(Commands.working(id));
    }

    /**
     * Everything that the node knows of a job (SHOW).
     *
     * @param id of the job
     * @return empty if it does not know it
     */
    public CompletableFuture<Optional<JobDetails>> show(DisqueJobId id) {
        return pipeline.submit(Commands.show(id));
    }

    /**
     * How many jobs wait in a queue on this node (QLEN).
     *
     * @param queue its name
     * @return 0 if there is no such queue
     */
    public CompletableFuture<Long> length(DisqueQueue queue) {
        return pipeline.submit(NodeCommands.length(queue));
    }

    /**
     * Looks at the jobs of a queue on this node without fetching them (QPEEK).
     *
     * @param queue its name
     * @param count how many at most; a negative number begins with the youngest
     * @return empty if there are none
     */
    public CompletableFuture<List<DisqueJob>> peek(DisqueQueue queue, int count) {
        return pipeline.submit(NodeCommands.peek(queue, count));
    }

    /**
     * What this node knows of a queue (QSTAT).
     *
     * @param queue its name
     * @return empty if there is no such queue
     */
    public CompletableFuture<Optional<QueueStat>> stat(DisqueQueue queue) {
        return pipeline.submit(NodeCommands.stat(queue));
    }

    /**
     * Pauses a queue on this node, or lets it go on (PAUSE).
     *
     * @param queue its name
     * @param state what it is to be
     * @return what it now is
     */
    public CompletableFuture<PauseState> pause(DisqueQueue queue, PauseState state) {
        return pipeline.submit(NodeCommands.pause(queue, state.word()));
    }

    /**
     * What the node says of itself and its cluster (HELLO).
     *
     * @return its id, and all nodes that it knows
     */
    public CompletableFuture<Hello> hello() {
        return pipeline.submit(NodeCommands.hello());
    }

    /**
     * Figures of the node (INFO).
     *
     * @return names and values
     */
    public CompletableFuture<Map<String, String>> info() {
        return pipeline.submit(NodeCommands.info());
    }

    /**
     * Asks for a sign of life (PING).
     *
     * @return done when it came
     */
    public CompletableFuture<@Nullable Void> ping() {
        return pipeline.submit(NodeCommands.ping()).thenApply(pong -> null);
    }

    /**
     * Sends any command. It must not change what the connection is (AUTH, CLIENT REPLY, MONITOR).
     *
     * @param command its name
     * @param arguments what follows
     * @return the reply
     */
    public CompletableFuture<DisqueReply> call(String command, byte[]... arguments) {
        return pipeline.submit(Commands.any(command, arguments));
    }

    /**
     * Fails all futures that are not complete, and closes the connection. The client that this comes from stays open. May be
     * called again.
     */
    @Override
    public void close() {
        pipeline.close();
        waiting.shutdownNow();
    }
}
