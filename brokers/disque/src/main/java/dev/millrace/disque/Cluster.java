// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Watchdog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * The nodes that a pool knows. Seeds are there from the beginning and never go; HELLO names the others, and those that it no
 * longer names go. A node that is known by its id keeps the address at which it works, whatever HELLO says: a cluster may
 * announce addresses that cannot be reached from here. What is under way on a node that went may end; its connections are
 * closed when there are none any more, or with the pool.
 */
final class Cluster implements AutoCloseable {
    private final Set<NodeAddress> seeds;
    private final DisqueOptions options;
    private final Watchdog watchdog;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Connections> retired = new ArrayList<>();
    private volatile Map<NodeAddress, ClusterNode> nodes;
    private boolean closed;

    Cluster(List<NodeAddress> seeds, DisqueOptions options, Watchdog watchdog) {
        this.seeds = Set.copyOf(seeds);
        this.options = options;
        this.watchdog = watchdog;
        this.clock = watchdog.clock();
        Map<NodeAddress, ClusterNode> first = new LinkedHashMap<>();
        seeds.forEach(seed -> first.computeIfAbsent(seed, this::node));
        this.nodes = first;
    }

    private ClusterNode node(NodeAddress address) {
        return new ClusterNode(address, Connections.to(address.endpoint(), options.settings(), watchdog));
    }

    long now() {
        return clock.getAsLong();
    }

    /** All nodes, the best first: those that work before those that rest, then by priority, equals in turn. */
    List<ClusterNode> inOrder() {
        List<ClusterNode> all = new ArrayList<>(nodes.values());
        Collections.rotate(all, -Math.floorMod(turn.getAndIncrement(), all.size()));
        long now = now();
        all.sort(Comparator.comparing((ClusterNode node) -> node.isResting(now))
                .thenComparingInt(ClusterNode::priority));
        return all;
    }

    /** The same, with one node in front. */
    List<ClusterNode> inOrder(@Nullable ClusterNode first) {
        List<ClusterNode> all = inOrder();
        if (first != null && all.remove(first)) {
            all.add(0, first);
        }
        return all;
    }

    Optional<ClusterNode> at(NodeAddress address) {
        return Optional.ofNullable(nodes.get(address));
    }

    /** The node that created a job, if its id is to be believed. */
    Optional<ClusterNode> creator(String prefix) {
        return nodes.values().stream().filter(node -> node.hasPrefix(prefix)).findFirst();
    }

    List<ClusterNode> all() {
        return List.copyOf(nodes.values());
    }

    /** Takes in what a node said. */
    void learn(Hello hello, NodeAddress asked) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Map<NodeAddress, ClusterNode> before = nodes;
            Map<NodeAddress, ClusterNode> after = new LinkedHashMap<>();
            for (HelloNode named : hello.nodes()) {
                NodeAddress address =
                        address(before, named, hello.nodeId().equals(named.id()) ? asked : named.address());
                ClusterNode node = before.containsKey(address) ? before.get(address) : node(address);
                node.named(named.id(), named.priority());
                after.put(address, node);
            }
            for (NodeAddress seed : seeds) {
                after.computeIfAbsent(seed, address -> forgotten(before.get(address), address));
            }
            nodes = after;
            closeUnused();
            before.values().stream()
                    .filter(node -> !after.containsValue(node))
                    .map(ClusterNode::connections)
                    .forEach(this::retire);
        } finally {
            lock.unlock();
        }
    }

    private void retire(Connections left) {
        left.retire();
        retired.add(left);
    }

    private void closeUnused() {
        List<Connections> unused =
                retired.stream().filter(left -> left.size() == 0).toList();
        unused.forEach(Connections::close);
        retired.removeAll(unused);
    }

    private static NodeAddress address(Map<NodeAddress, ClusterNode> known, HelloNode named, NodeAddress announced) {
        return known.values().stream()
                .filter(node -> node.isCalled(named.id()) && !node.isFailing())
                .map(ClusterNode::address)
                .findFirst()
                .orElse(announced);
    }

    private ClusterNode forgotten(@Nullable ClusterNode seed, NodeAddress address) {
        ClusterNode node = seed == null ? node(address) : seed;
        node.named(null, ClusterNode.UNNAMED);
        return node;
    }

    @Override
    public String toString() {
        return nodes.keySet().stream().map(NodeAddress::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            retired.forEach(Connections::close);
            retired.clear();
        } finally {
            lock.unlock();
        }
        nodes.values().forEach(node -> node.connections().close());
    }
}
