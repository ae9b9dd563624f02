// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.resp.client.Batch;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/* Over 300 lines: it is the whole client for its users, a short method with its Javadoc for each command. */
/**
 * A client of okq, of both generations of its server and of our own. Each call waits for its reply on a connection that it
 * has for itself meanwhile; connections are made when they are needed. Calls throw an {@link OkqException} when the
 * server refuses or cannot be reached; none is repeated. Names of queues and ids must not hold line breaks. Thread-safe.
 *
 * <p>To take events one after the other, {@link #subscribe}; to have them handled, {@code
 * dev.millrace.okq.consumer.OkqConsumer}.
 */
public final class OkqClient implements AutoCloseable {
    /** The port of okq: {@value}. */
    public static final int DEFAULT_PORT = 4777;

    private static final long MOST_SECONDS = 1_000_000_000;

    private final Watchdog watchdog;
    private final Connections connections;
    private final OkqOptions options;
    private final RedoSupport redo;

    private OkqClient(Endpoint server, OkqOptions options) {
        this.watchdog = new Watchdog("okq", NanoClock.SYSTEM).started();
        this.options = options;
        this.connections = connections(server, List.of());
        this.redo = new RedoSupport(this);
    }

    /**
     * Connects with the defaults.
     *
     * @param server {@code host}, {@code host:port} or {@code [IPv6 address]:port}
     * @return the client
     * @throws OkqConnectionException if no server is there
     */
    public static OkqClient connect(String server) {
        return connect(server, OkqOptions.defaults());
    }

    /**
     * Connects.
     *
     * @param server {@code host}, {@code host:port} or {@code [IPv6 address]:port}; without a port it is {@value
     *     #DEFAULT_PORT}
     * @param options how to talk to it
     * @return the client
     * @throws OkqConnectionException if no server is there
     */
    public static OkqClient connect(String server, OkqOptions options) {
        OkqClient client = new OkqClient(Endpoint.parse(server, DEFAULT_PORT), options);
        try {
            client.connections.connectNow();
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Connections of its own, which are registered for queues. */
    Connections connections(List<OkqName> registered) {
        return connections(connections.server(), registered);
    }

    private Connections connections(Endpoint server, List<OkqName> registered) {
        return Connections.to(server, options.settings(new OkqProtocol(options.password(), registered)), watchdog);
    }

    /**
     * The server that this client talks to.
     *
     * @return {@code host:port}
     */
    public String server() {
        return connections.server().toString();
    }

    /**
     * Pushes an event with an id that is made for it (QLPUSH).
     *
     * @param queue the queue
     * @param contents what it says
     * @return its id
     */
    public OkqName push(String queue, String contents) {
        return push(PushEvent.to(queue, contents)).orThrow();
    }

    /**
     * Pushes an event (QLPUSH, QRPUSH). When it returns, the server has it, unless it was told not to wait for that.
     *
     * @param event what to push
     * @return stored, or a duplicate; any other refusal is thrown
     */
    public PushResult push(PushEvent event) {
        PushEvent identified = event.identified();
        OkqName id = identified.id().orElseThrow();
        try {
            connections.call(OkqCommands.push(identified));
            return new PushResult(id, null);
        } catch (DuplicateEventException e) {
            return new PushResult(id, e);
        }
    }

    /**
     * Pushes many events over one connection without waiting for each.
     *
     * @param events what to push
     * @return one result for each, in order, each with its own error
     */
    public List<PushResult> pushAll(List<PushEvent> events) {
        List<PushEvent> identified = events.stream().map(PushEvent::identified).toList();
        List<Batch.Reply<String>> replies = Batch.run(
                connections, identified.stream().map(OkqCommands::push).toList());
        List<PushResult> results = new ArrayList<>(replies.size());
        for (int i = 0; i < replies.size(); i++) {
            results.add(new PushResult(identified.get(i).id().orElseThrow(), (OkqException)
                    replies.get(i).error()));
        }
        return results;
    }

    /**
     * Looks at the event that is taken next (QRPEEK).
     *
     * @param queue the queue
     * @return empty if there is none
     */
    public Optional<OkqEvent> peekNext(String queue) {
        return peekNext(OkqName.of(queue));
    }

    /**
     * Looks at the event that is taken next (QRPEEK).
     *
     * @param queue the queue
     * @return empty if there is none
     */
    public Optional<OkqEvent> peekNext(OkqName queue) {
        return connections.call(OkqCommands.peekNext(checked(queue)));
    }

    /**
     * Looks at the event that was pushed last (QLPEEK).
     *
     * @param queue the queue
     * @return empty if there is none
     */
    public Optional<OkqEvent> peekLast(String queue) {
        return peekLast(OkqName.of(queue));
    }

    /**
     * Looks at the event that was pushed last (QLPEEK).
     *
     * @param queue the queue
     * @return empty if there is none
     */
    public Optional<OkqEvent> peekLast(OkqName queue) {
        return connections.call(OkqCommands.peekLast(checked(queue)));
    }

    /**
     * Takes the next event for some time; unless it is acknowledged within that, it comes again (QRPOP).
     *
     * @param queue the queue
     * @param lease for how long: more than zero, whole seconds, rounded up
     * @return empty if there is none
     */
    public Optional<OkqEvent> pop(OkqName queue, Duration lease) {
        return popFor(checked(queue), seconds(lease));
    }

    /**
     * Takes the next event for good: if it is lost from here on, it is lost (QRPOP EX 0).
     *
     * @param queue the queue
     * @return empty if there is none
     */
    public Optional<OkqEvent> popAtMostOnce(OkqName queue) {
        return popFor(checked(queue), 0);
    }

    Optional<OkqEvent> popFor(OkqName queue, long seconds) {
        return connections.call(OkqCommands.pop(queue, seconds));
    }

    List<Batch.Reply<Optional<OkqEvent>>> popMany(OkqName queue, int count, long seconds) {
        return Batch.run(connections, Collections.nCopies(count, OkqCommands.pop(queue, seconds)));
    }

    /** Whole seconds, never cut to 0, which is another guarantee. */
    static long seconds(Duration lease) {
        if (lease.isNegative() || lease.isZero() || lease.compareTo(Duration.ofSeconds(MOST_SECONDS)) > 0) {
            throw new IllegalArgumentException("lease " + lease + " is out of range; give more than zero and at most "
                    + MOST_SECONDS + " seconds");
        }
        long seconds = lease.toSeconds();
        return lease.equals(Duration.ofSeconds(seconds)) ? seconds : seconds + 1;
    }

    /**
     * Says that an event is done (QACK). The server does not ask who says so.
     *
     * @param queue its queue
     * @param id its id
     * @return false if the server knows no such event: its lease had ended and somebody else was done with it
     */
    public boolean ack(OkqName queue, OkqName id) {
        return connections.call(OkqCommands.ack(checked(queue), checkedId(id)));
    }

    /**
     * Says that events are done (QACK), over one connection without waiting for each.
     *
     * @param events which
     * @return for each, in order, false if the server knows no such event
     * @throws OkqException if it is not known of all; acknowledging again is harmless
     */
    public List<Boolean> ackAll(List<OkqEvent> events) {
        return Batch.run(
                        connections,
                        events.stream()
                                .map(event -> OkqCommands.ack(event.queue(), event.id()))
                                .toList())
                .stream()
                .map(Batch.Reply::orThrow)
                .toList();
    }

    /**
     * Gives an event back, to be taken next (QACK REDO).
     *
     * @param queue its queue
     * @param id its id
     * @return false if nobody has it; or if the server knows no REDO ({@link #supportsRedo()}), and then it comes again when
     *     its lease has ended
     */
    public boolean redo(OkqName queue, OkqName id) {
        return supportsRedo() && connections.call(OkqCommands.redo(checked(queue), checkedId(id)));
    }

    boolean redoUnasked(OkqEvent event) {
        return connections.call(OkqCommands.redo(event.queue(), event.id()));
    }

    /**
     * Whether the server knows QACK REDO; one of 2016 takes it for QACK and ends the event. Found out once, with an event
     * in a queue of its own.
     *
     * @return true for a server of 2017, and for ours
     */
    public boolean supportsRedo() {
        return redo.get();
    }

    /**
     * How queues stand (QSTATUS).
     *
     * @param queues which; none for all that the server knows
     * @return one for each, in their order or by name
     */
    public List<OkqQueueStatus> status(String... queues) {
        return status(names(queues));
    }

    /**
     * How queues stand (QSTATUS).
     *
     * @param queues which; none for all that the server knows
     * @return one for each, in their order or by name
     */
    public List<OkqQueueStatus> status(Collection<OkqName> queues) {
        queues.forEach(OkqClient::checked);
        return connections.call(OkqCommands.status(queues));
    }

    /**
     * The same as lines for people (QINFO).
     *
     * @param queues which; none for all that the server knows
     * @return a line for each
     */
    public List<String> info(String... queues) {
        return connections.call(OkqCommands.info(names(queues)));
    }

    private static List<OkqName> names(String... queues) {
        return Stream.of(queues).map(OkqName::of).map(OkqClient::checked).toList();
    }

    /**
     * Throws away all events of a queue, those with consumers too (QFLUSH).
     *
     * @param queue the queue
     */
    public void flush(OkqName queue) {
        connections.call(OkqCommands.flush(checked(queue)));
    }

    /** Asks for a sign of life (PING). */
    public void ping() {
        connections.call(OkqCommands.ping());
    }

    /**
     * Begins to take events of some queues, on connections of its own. The server counts it as a consumer.
     *
     * @param queues at least one
     * @return the subscription; close it before the client
     */
    public OkqSubscription subscribe(List<OkqName> queues) {
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs at least one queue");
        }
        queues.forEach(OkqClient::checked);
        return new OkqSubscription(this, queues);
    }

    private static OkqName checked(OkqName queue) {
        return queue.checked("the name of the queue");
    }

    private static OkqName checkedId(OkqName id) {
        return id.checked("the id of the event");
    }

    /** Ends all calls that are under way with an exception, and closes all connections. May be called again. */
    @Override
    public void close() {
        connections.close();
        watchdog.close();
    }

    @Override
    public String toString() {
        return "OkqClient[" + server() + "]";
    }
}
