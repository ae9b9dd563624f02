// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.Failover.Repeat;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Watchdog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/*
 * Over 300 lines: it is the whole client for its users, a short method with its Javadoc for each command, and its
 * builder.
 */
/**
 * A client of a cluster. It learns the nodes by HELLO from those that it is given, at the start, once a minute, and after a
 * node failed; it asks the best node first (Disque's priorities 1, 5, 10, 100, equals in turn) and another one when that is
 * gone, leaves, loads, is out of memory or cannot write. A node that failed is left alone for a while that doubles up to 13
 * seconds. The nodes that it was given stay its last resort.
 *
 * <p>Commands about jobs that were fetched go to the node that delivered them. If a connection is lost after a job was sent,
 * it is unknown whether it was stored; {@link #add(AddJob)} then throws a {@link DisqueConnectionException} that says so,
 * unless {@link Builder#repeatLostAdds()} was chosen. Everything else is repeated on another node: it can be.
 *
 * <p>Calls throw what {@link DisqueClient} throws; if all nodes fail, the failure of the first with those of the others as
 * suppressed exceptions. Thread-safe.
 */
public final class DisquePool implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(1);

    private final Watchdog watchdog;
    private final Cluster cluster;
    private final Failover failover;
    private final PoolJobs delivered;
    private final Refresher refresher = new Refresher(this::refreshQuietly);
    private final Duration refreshEvery;
    private final Repeat adds;
    private volatile boolean closed;

    /** What a pool begins with. Not thread-safe. */
    public static final class Builder {
        private final List<NodeAddress> seeds;
        private DisqueOptions options = DisqueOptions.defaults();
        private Duration refreshEvery = Duration.ofMinutes(1);
        private Repeat adds = Repeat.IF_NOT_SENT;

        private Builder(List<NodeAddress> seeds) {
            this.seeds = seeds;
        }

        /**
         * How to talk to each node.
         *
         * @param chosen the options; {@link DisqueOptions#defaults()} if not set
         * @return this
         */
        public Builder options(DisqueOptions chosen) {
            options = chosen;
            return this;
        }

        /**
         * How often the nodes are asked for each other in the background.
         *
         * @param period more than zero; a minute if not set
         * @return this
         */
        public Builder refreshEvery(Duration period) {
            if (Units.millisUp("the time between refreshes", period) == 0) {
                throw new IllegalArgumentException("the time between refreshes is zero; give more than that");
            }
            refreshEvery = period;
            return this;
        }

        /**
         * Adds a job again when the connection was lost after it was sent. No job is lost then, but one may be stored twice,
         * with two ids.
         *
         * @return this
         */
        public Builder repeatLostAdds() {
            adds = Repeat.ALWAYS;
            return this;
        }

        /**
         * Asks the first node that answers for the others, and begins to do so in the background.
         *
         * @return the pool
         * @throws DisqueException if no node answers
         */
        public DisquePool connect() {
            DisquePool pool = new DisquePool(this);
            try {
                pool.refresh();
                pool.startRefreshing();
                return pool;
            } catch (RuntimeException e) {
                pool.close();
                throw e;
            }
        }
    }

    private DisquePool(Builder builder) {
        this.watchdog = new Watchdog("disque", NanoClock.SYSTEM).started();
        this.cluster = new Cluster(builder.seeds, builder.options, watchdog);
        this.failover = new Failover(cluster, this::refreshSoon);
        this.delivered = new PoolJobs(cluster, failover);
        this.refreshEvery = builder.refreshEvery;
        this.adds = builder.adds;
    }

    /**
     * A pool with defaults.
     *
     * @param seeds {@code host:port} of some nodes, at least one
     * @return the pool, connected
     */
    public static DisquePool connect(String... seeds) {
        return builder(Stream.of(seeds).map(NodeAddress::parse).toList()).connect();
    }

    /**
     * A pool with choices.
     *
     * @param seeds some nodes, at least one
     * @return its builder
     */
    public static Builder builder(List<NodeAddress> seeds) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("no node to begin with; name at least one");
        }
        return new Builder(List.copyOf(seeds));
    }

    /**
     * Adds a job on the best node that takes it.
     *
     * @param job what to add
     * @return its id
     */
    public DisqueJobId add(AddJob job) {
        return failover.on(cluster.inOrder(), adds, node -> node.connections().call(Commands.add(job)));
    }

    /**
     * Adds a job without options.
     *
     * @param queue where it is to wait
     * @param body what it says, sent as UTF-8
     * @return its id
     */
    public DisqueJobId add(String queue, String body) {
        return add(AddJob.to(queue, body));
    }

    /**
     * Adds many jobs at once on the best node; those that it does not take are offered to others.
     *
     * @param jobs what to add
     * @return a result for each, in their order
     */
    public List<AddResult> addAll(List<AddJob> jobs) {
        return new PoolBulkAdd(cluster, failover, adds).run(jobs);
    }

    /**
     * Fetches jobs from the best node. Who fetches again and again is better served by a {@link #consumer(String...)}.
     *
     * @param get what to fetch; if a node goes while it waits, another is asked anew
     * @return empty if there were none in time
     */
    public List<DisqueJob> get(GetJob get) {
        return failover.on(
                cluster.inOrder(), Repeat.ALWAYS, node -> node.connections().call(Commands.get(get)));
    }

    /**
     * Fetches jobs again and again.
     *
     * @param queues where to look, from left to right
     * @return a consumer
     */
    public DisqueConsumer consumer(String... queues) {
        return consumer(GetJob.from(queues));
    }

    /**
     * Fetches jobs again and again.
     *
     * @param get where to look, and whether with counters; its count and timeout are said anew each time
     * @return a consumer
     */
    public DisqueConsumer consumer(GetJob get) {
        return new DisqueConsumer(cluster, failover, get);
    }

    /**
     * Tells the cluster that jobs are done (ACKJOB).
     *
     * @param jobs that were fetched
     * @return how many of them the asked nodes knew and were not acknowledged yet
     */
    public int ack(Collection<DisqueJob> jobs) {
        return delivered.count(Verb.ACKJOB, jobs);
    }

    /**
     * Tells the cluster that jobs are done (ACKJOB).
     *
     * @param jobs that were fetched
     * @return how many of them the asked nodes knew and were not acknowledged yet
     */
    public int ack(DisqueJob... jobs) {
        return ack(List.of(jobs));
    }

    /**
     * Drops jobs that are done with less ceremony (FASTACK).
     *
     * @param jobs that were fetched
     * @return how many of them the asked nodes dropped
     */
    public int fastAck(Collection<DisqueJob> jobs) {
        return delivered.count(Verb.FASTACK, jobs);
    }

    /**
     * Gives back jobs that could not be done (NACK). If the node that delivered them is gone, others are asked, which can do it
     * if they have a copy.
     *
     * @param jobs that were fetched
     * @return how many of them were queued again
     */
    public int nack(Collection<DisqueJob> jobs) {
        return delivered.count(Verb.NACK, jobs);
    }

    /**
     * Gives back jobs that could not be done (NACK).
     *
     * @param jobs that were fetched
     * @return how many of them were queued again
     */
    public int nack(DisqueJob... jobs) {
        return nack(List.of(jobs));
    }

    /**
     * Says that a job is still being worked at (WORKING).
     *
     * @param job that was fetched
     * @return the retry time, which begins anew
     * @throws NoJobException if no node that can be asked knows the job
     * @throws TooLateException if more than half of the job's life is over
     */
    public Duration working(DisqueJob job) {
        return delivered.working(job);
    }

    /**
     * Everything that a node knows of a job (SHOW): the node that created it, or the first that knows it.
     *
     * @param id of the job
     * @return empty if no node that can be asked knows it
     */
    public Optional<JobDetails> show(DisqueJobId id) {
        return delivered.show(id);
    }

    /**
     * The nodes that the pool knows, the best first.
     *
     * @return clients that share the pool's connections; closing them does nothing
     */
    public List<DisqueClient> clients() {
        return cluster.inOrder().stream().map(DisquePool::view).toList();
    }

    /**
     * A node that the pool knows.
     *
     * @param address of the node
     * @return a client that shares the pool's connections; closing it does nothing; empty if there is no such node
     */
    public Optional<DisqueClient> client(NodeAddress address) {
        return cluster.at(address).map(DisquePool::view);
    }

    static DisqueClient view(ClusterNode node) {
        return node.client();
    }

    /**
     * How many nodes are fine (priority 1).
     *
     * @return as the last HELLO said
     */
    public int size() {
        return (int) cluster.all().stream().filter(node -> node.priority() == 1).count();
    }

    /**
     * Asks the first node that answers for all others, now.
     *
     * @throws DisqueException if no node answers
     */
    public void refresh() {
        if (closed) {
            throw new IllegalStateException("the pool of " + cluster + " is closed");
        }
        Hellos.refresh(cluster, failover);
    }

    private void refreshQuietly() {
        try {
            refresh();
        } catch (DisqueException | IllegalStateException e) {
            // The nodes that are known stay; the next call that needs one tells.
        }
    }

    /** When a node failed: in the background if something runs there. */
    private void refreshSoon() {
        refresher.askSoon();
    }

    /** Begins to refresh in the background, as {@link Builder#connect()} did already. May be called again. */
    public void startRefreshing() {
        if (closed) {
            throw new IllegalStateException("the pool of " + cluster + " is closed");
        }
        refresher.start(refreshEvery);
    }

    /** Stops refreshing in the background. May be called again, and {@link #startRefreshing()} after it. */
    public void stopRefreshing() {
        refresher.stop(STOPPING);
    }

    /** Stops refreshing, ends all calls that are under way with an exception, and closes all connections. May be called again. */
    @Override
    public void close() {
        closed = true;
        stopRefreshing();
        cluster.close();
        watchdog.close();
    }

    @Override
    public String toString() {
        return "DisquePool[" + cluster + "]";
    }
}
