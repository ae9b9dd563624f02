// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.DisquePool;
import dev.millrace.disque.NodeAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Collects how a {@link DisqueBroker} is to be. Not thread-safe. */
public final class DisqueBrokerBuilder {
    private final List<NodeAddress> nodes = new ArrayList<>();
    private DisqueOptions options = DisqueOptions.defaults();
    private Terms terms = Terms.defaults();
    private InstantSource clock = InstantSource.system();
    private boolean plain;

    DisqueBrokerBuilder() {}

    /**
     * Names a node to begin with; the others are found by it.
     *
     * @param address its address
     * @return this builder
     */
    public DisqueBrokerBuilder node(NodeAddress address) {
        nodes.add(address);
        return this;
    }

    /**
     * Chooses password, encryption, times and limits of connections.
     *
     * @param chosen the options; the default is {@link DisqueOptions#defaults()}
     * @return this builder
     */
    public DisqueBrokerBuilder options(DisqueOptions chosen) {
        options = chosen;
        return this;
    }

    /**
     * After how long without acknowledgement a job comes again that has no time limit.
     *
     * @param time above zero, whole seconds, rounded up; the default is 5 minutes
     * @return this builder
     */
    public DisqueBrokerBuilder retry(Duration time) {
        terms = new Terms(positive("retry", time), terms.life(), terms.replicas());
        return this;
    }

    /**
     * How long a job lives that has no expiry; Disque knows no job that lives for ever.
     *
     * @param time above zero, whole seconds, rounded up; the default is ten years
     * @return this builder
     */
    public DisqueBrokerBuilder life(Duration time) {
        terms = new Terms(terms.retry(), positive("life", time), terms.replicas());
        return this;
    }

    private static Duration positive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " " + time + " is out of range; give a time above zero");
        }
        return time;
    }

    /**
     * On how many nodes jobs are kept.
     *
     * @param count 1 to 65,535; by default the server decides: three, or as many as there are
     * @return this builder
     */
    public DisqueBrokerBuilder replicas(int count) {
        terms = new Terms(terms.retry(), terms.life(), OptionalInt.of(new DisqueOption.Replicas(count).nodes()));
        return this;
    }

    /**
     * Gives the broker another clock for the ends of leases, for tests.
     *
     * @param source the clock; the default is the machine's
     * @return this builder
     */
    public DisqueBrokerBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** Uses no words but those of Disque, as on Disque itself, for tests. */
    DisqueBrokerBuilder plain() {
        plain = true;
        return this;
    }

    /**
     * Connects.
     *
     * @return the broker; the caller closes it
     * @throws IllegalArgumentException if no node was named
     * @throws BrokerException if no node answers
     */
    public DisqueBroker open() {
        DisquePool pool =
                Failures.told(() -> DisquePool.builder(nodes).options(options).connect());
        String name = nodes.stream().map(NodeAddress::toString).collect(Collectors.joining(",", "disque://", ""));
        try {
            boolean words = !plain && Failures.told(() -> ByWords.has(pool));
            return new DisqueBroker(
                    name, new Site(pool, terms, clock, System::nanoTime, words ? ByWords::new : ByCopies::new));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }
}
