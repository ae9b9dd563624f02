// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Pipeline;
import dev.millrace.resp.client.Watchdog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/* Over 300 lines: it is the whole client for its users, a short method with its Javadoc for each command. */
/**
 * A client of one node. Each call waits for its reply on a connection that it has for itself meanwhile; connections are
 * kept and used again. Virtual threads may call it as well as others.
 *
 * <p>Every call may throw: {@link DisqueServerException} if the server refuses it; {@link DisqueConnectionException} if the
 * node cannot be reached or the connection is lost, which says whether the command may have been executed; {@link
 * DisqueTimeoutException} if no reply comes in time; {@link DisqueInterruptedException} if the thread is interrupted while
 * it waits, within some 100 ms; {@link DisqueProtocolException} if what answers is not Disque; {@link
 * IllegalStateException} after {@link #close()}.
 *
 * <p>Thread-safe.
 */
public final class DisqueClient implements AutoCloseable {
    private final Connections connections;
    private final Extensions extensions;
    private final Runnable closing;

    DisqueClient(Connections connections, Extensions extensions, Runnable closing) {
        this.connections = connections;
        this.extensions = extensions;
        this.closing = closing;
    }

    /**
     * Connects to a node.
     *
     * @param node {@code host:port}; without a port it is 7711
     * @return the client
     */
    public static DisqueClient connect(String node) {
        return connect(NodeAddress.parse(node), DisqueOptions.defaults());
    }

    /**
     * Connects to a node.
     *
     * @param node where it listens
     * @param options how to talk to it
     * @return the client
     */
    public static DisqueClient connect(NodeAddress node, DisqueOptions options) {
        Watchdog watchdog = new Watchdog("disque", NanoClock.SYSTEM).started();
        Connections connections = Connections.to(node.endpoint(), options.settings(), watchdog);
        DisqueClient client = new DisqueClient(connections, new Extensions(connections), () -> {
            connections.close();
            watchdog.close();
        });
        try {
            connections.connectNow();
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * The node that this client talks to.
     *
     * @return its address
     */
    public NodeAddress node() {
        return NodeAddress.of(connections.server());
    }

    /**
     * A client of the same node that does not wait for replies, with connections of its own.
     *
     * @return the asynchronous form; close it too
     */
    public DisqueAsyncClient async() {
        return new DisqueAsyncClient(this, new Pipeline(connections));
    }

    /**
     * Adds a job (ADDJOB).
     *
     * @param job what to add
     * @return its id
     */
    public DisqueJobId add(AddJob job) {
        return connections.call(Commands.add(job));
    }

    /**
     * Adds a job without options (ADDJOB).
     *
     * @param queue where it is to wait
     * @param body what it says, sent as UTF-8
     * @return its id
     */
    public DisqueJobId add(String queue, String body) {
        return add(AddJob.to(queue, body));
    }

    /**
     * Adds many jobs, without waiting for one before sending the next. Each has a result of its own; nothing is thrown that
     * concerns only some of them, not even the loss of the connection.
     *
     * @param jobs what to add
     * @return a result for each, in their order
     */
    public List<AddResult> addAll(List<AddJob> jobs) {
        return BulkAdd.run(connections, jobs);
    }

    /**
     * Fetches jobs (GETJOB). If the thread is interrupted meanwhile, the connection is given up. Jobs that the server sent at
     * that very moment are returned, and the thread stays interrupted; on a virtual thread, or over a socket in the file
     * system, they come again after their retry time.
     *
     * @param get what to fetch
     * @return empty if there were none in time
     */
    public List<DisqueJob> get(GetJob get) {
        return connections.call(Commands.get(get));
    }

    /**
     * Fetches one job (GETJOB), waiting for it.
     *
     * @param timeout how long to wait; zero does not
     * @param queues where to look, from left to right
     * @return empty if there was none in time
     */
    public Optional<DisqueJob> get(Duration timeout, String... queues) {
        return get(GetJob.from(queues).waiting(timeout)).stream().findFirst();
    }

    /**
     * Tells the cluster that jobs are done (ACKJOB). Many ids are sent in several commands, without waiting in between.
     *
     * @param ids of jobs
     * @return how many of them the node knew and were not acknowledged yet
     */
    public int ack(Collection<DisqueJobId> ids) {
        return count(Verb.ACKJOB, ids);
    }

    /**
     * Tells the cluster that jobs are done (ACKJOB).
     *
     * @param ids of jobs
     * @return how many of them the node knew and were not acknowledged yet
     */
    public int ack(DisqueJobId... ids) {
        return ack(List.of(ids));
    }

    /**
     * Drops jobs that are done with less ceremony (FASTACK): if a node cannot be reached now, it may deliver them again.
     *
     * @param ids of jobs
     * @return how many of them the node dropped
     */
    public int fastAck(Collection<DisqueJobId> ids) {
        return count(Verb.FASTACK, ids);
    }

    /**
     * Drops jobs that are done with less ceremony (FASTACK).
     *
     * @param ids of jobs
     * @return how many of them the node dropped
     */
    public int fastAck(DisqueJobId... ids) {
        return fastAck(List.of(ids));
    }

    /**
     * Gives back jobs that could not be done (NACK); they are queued again at once, before younger ones.
     *
     * @param ids of jobs
     * @return how many of them were queued again
     */
    public int nack(Collection<DisqueJobId> ids) {
        return count(Verb.NACK, ids);
    }

    /**
     * Gives back jobs that could not be done (NACK).
     *
     * @param ids of jobs
     * @return how many of them were queued again
     */
    public int nack(DisqueJobId... ids) {
        return nack(List.of(ids));
    }

    /**
     * Queues jobs now that are delayed, delivered or taken out (ENQUEUE).
     *
     * @param ids of jobs
     * @return how many of them were queued
     */
    public int enqueue(Collection<DisqueJobId> ids) {
        return count(Verb.ENQUEUE, ids);
    }

    /**
     * Queues jobs now that are delayed, delivered or taken out (ENQUEUE).
     *
     * @param ids of jobs
     * @return how many of them were queued
     */
    public int enqueue(DisqueJobId... ids) {
        return enqueue(List.of(ids));
    }

    /**
     * Takes jobs out of their queue (DEQUEUE). They come back after their retry time; those without one never do.
     *
     * @param ids of jobs
     * @return how many of them were taken out
     */
    public int dequeue(Collection<DisqueJobId> ids) {
        return count(Verb.DEQUEUE, ids);
    }

    /**
     * Takes jobs out of their queue (DEQUEUE).
     *
     * @param ids of jobs
     * @return how many of them were taken out
     */
    public int dequeue(DisqueJobId... ids) {
        return dequeue(List.of(ids));
    }

    /**
     * Makes this node forget jobs, but no other (DELJOB).
     *
     * @param ids of jobs
     * @return how many of them it forgot
     */
    public int delete(Collection<DisqueJobId> ids) {
        return count(Verb.DELJOB, ids);
    }

    /**
     * Makes this node forget jobs, but no other (DELJOB).
     *
     * @param ids of jobs
     * @return how many of them it forgot
     */
    public int delete(DisqueJobId... ids) {
        return delete(List.of(ids));
    }

    int count(Verb verb, Collection<DisqueJobId> ids) {
        return Several.sum(connections, ids, some -> Commands.count(verb, some));
    }

    /**
     * Says that a job is still being worked at (WORKING): its retry time begins anew.
     *
     * @param id of the job
     * @return the retry time; zero for a job that is delivered at most once
     * @throws NoJobException if the node does not know the job
     * @throws TooLateException if more than half of the job's life is over
     */
    public Duration working(DisqueJobId id) {
        return connections.call(Commands.working(id));
    }

    /**
     * Everything that the node knows of a job (SHOW).
     *
     * @param id of the job
     * @return empty if it does not know it
     */
    public Optional<JobDetails> show(DisqueJobId id) {
        return connections.call(Commands.show(id));
    }

    /**
     * What concerns the queues of the node.
     *
     * @return a view that needs no closing
     */
    public DisqueQueues queues() {
        return new DisqueQueues(connections);
    }

    /**
     * The ids of the jobs of this node (JSCAN), fetched turn by turn while the stream is read. A job that comes or goes
     * meanwhile may be missing, and one may be there twice.
     *
     * @param scan which jobs
     * @return a stream for one thread
     */
    public Stream<DisqueJobId> scanIds(JobScan scan) {
        return Scans.stream(cursor -> connections.call(NodeCommands.scanIds(scan, cursor)));
    }

    /**
     * The jobs of this node with all that it knows of them (JSCAN … REPLY all), fetched turn by turn while the stream is
     * read.
     *
     * @param scan which jobs
     * @return a stream for one thread
     */
    public Stream<JobDetails> scanJobs(JobScan scan) {
        return Scans.stream(cursor -> connections.call(NodeCommands.scanJobs(scan, cursor)));
    }

    /**
     * What the node says of itself and its cluster (HELLO).
     *
     * @return its id, and all nodes that it knows
     */
    public Hello hello() {
        return connections.call(NodeCommands.hello());
    }

    /**
     * Figures of the node (INFO).
     *
     * @return names and values, in the order of the server
     */
    public Map<String, String> info() {
        return connections.call(NodeCommands.info());
    }

    /**
     * Figures of the node (INFO).
     *
     * @param section for example {@code memory}
     * @return names and values, in the order of the server; empty if it knows no such section
     */
    public Map<String, String> info(String section) {
        return connections.call(NodeCommands.info(section));
    }

    /** Asks for a sign of life (PING). */
    public void ping() {
        connections.call(NodeCommands.ping());
    }

    /**
     * The time of the node's clock (TIME).
     *
     * @return exact to the microsecond
     */
    public Instant time() {
        return connections.call(NodeCommands.time());
    }

    /**
     * The configuration of the node (CONFIG GET).
     *
     * @param pattern with {@code *} and {@code ?}
     * @return parameters and values; empty if none matches
     */
    public Map<String, String> config(String pattern) {
        return connections.call(NodeCommands.config(pattern));
    }

    /**
     * Changes the configuration of the node while it runs (CONFIG SET).
     *
     * @param parameter its name
     * @param value its value
     */
    public void setConfig(String parameter, String value) {
        connections.call(NodeCommands.setConfig(parameter, value));
    }

    /**
     * What concerns the node as a part of its cluster (CLUSTER).
     *
     * @return a view that needs no closing
     */
    public DisqueCluster cluster() {
        return new DisqueCluster(connections);
    }

    /**
     * What servers of Millrace have and Disque has not. The server is asked once for what it has (INFO server, or COMMAND INFO for a
     * user who may not look); the answer holds for as long as this client is open, or the pool that it belongs to.
     *
     * @return a view that needs no closing; empty if the server has no such words, as Disque itself
     */
    public Optional<MillraceWords> millrace() {
        Set<String> words = extensions.get();
        return words.isEmpty() ? Optional.empty() : Optional.of(new MillraceWords(connections, words));
    }

    /**
     * Sends any command. It must not wait at the server for longer than the reply timeout, and not change what the connection
     * is (AUTH, CLIENT REPLY, MONITOR): connections are shared one after the other.
     *
     * @param command its name
     * @param arguments what follows
     * @return the reply
     */
    public DisqueReply call(String command, byte[]... arguments) {
        return connections.call(Commands.any(command, arguments));
    }

    /**
     * Sends any command with arguments of text.
     *
     * @param command its name
     * @param arguments what follows, sent as UTF-8
     * @return the reply
     * @see #call(String, byte[]...)
     */
    public DisqueReply callText(String command, String... arguments) {
        return call(
                command,
                Stream.of(arguments)
                        .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    /** Ends all calls that are under way with an exception, and closes all connections. May be called again. */
    @Override
    public void close() {
        closing.run();
    }
}
