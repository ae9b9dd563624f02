// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.Support;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.resp.client.NanoClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plain streams, read by one consumer of one group: a queue is a stream, a job an entry, its attempts are what XPENDING counts.
 * Entries of any producer do. It takes and does not send. Thread-safe.
 */
public final class GroupBroker implements Broker {
    private static final Logger LOG = System.getLogger(GroupBroker.class.getName());
    private static final Capabilities CAPABILITIES = Capabilities.builder()
            .feature(Feature.DELAYED_RETRY, Support.emulated("stays pending, and waits in this process"))
            .leases(Capabilities.LeaseScope.RECEIVE)
            .settles(Capabilities.SettleScope.JOB)
            .attempts(Capabilities.AttemptCount.APPROXIMATE)
            .build();

    private final RedisLink link;
    private final GroupTerms terms;
    private final GroupNews news;
    private final InstantSource clock;
    private final Map<QueueName, Site> sites = new ConcurrentHashMap<>();
    private final Keeper keeper;
    private volatile boolean closed;

    private GroupBroker(RedisLink link, GroupTerms terms, GroupNews news, InstantSource clock) {
        this.link = link;
        this.terms = terms;
        this.news = news;
        this.clock = clock;
        this.keeper = new Keeper(sites.values(), terms.claiming().pendingTimeout());
    }

    /**
     * Connects.
     *
     * @param options where Redis is
     * @param terms who reads, and how
     * @param news is told what the group loses
     * @param clock for the ends of leases
     * @return the broker
     * @throws BrokerException if no server is there
     */
    public static GroupBroker open(RedisOptions options, GroupTerms terms, GroupNews news, InstantSource clock) {
        try {
            GroupBroker broker = new GroupBroker(RedisLink.open(options), terms, news, clock);
            broker.keeper.start();
            return broker;
        } catch (RedisException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public String name() {
        return "redis://" + link.name() + " group " + terms.group();
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        throw new UnsupportedFeatureException(name(), "sending", "a producer; publish with a StreamPublisher");
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        if (closed) {
            throw BrokerException.lasting("the broker " + name() + " is closed", null);
        }
        if (wanted.queues().size() != 1 || wanted.guarantee() != Guarantee.AT_LEAST_ONCE) {
            throw new UnsupportedFeatureException(
                    name(), "several streams at once, or at most once", "a subscription to " + wanted.queues());
        }
        Site site = sites.computeIfAbsent(
                wanted.queues().get(0),
                stream -> new Site(new Group(link, terms, stream.value()), news, NanoClock.SYSTEM));
        try {
            site.make();
        } catch (RedisException e) {
            throw Failures.of(e);
        }
        return new GroupReceiver(site, wanted, clock);
    }

    /** Lets others have what waits here, then hangs up. Receivers must be closed before. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        keeper.close();
        try {
            sites.values().forEach(Site::handBack);
        } catch (RedisException | IllegalStateException e) {
            LOG.log(Level.INFO, () -> "what waits in " + name() + " comes again after the pending timeout", e);
        } finally {
            link.close();
        }
    }
}
