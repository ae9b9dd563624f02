// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.util.ArrayList;
import java.util.List;

/** A cluster of three masters on free ports of the loopback, each with as many replicas as are wanted. Not thread-safe. */
public final class RedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Starts a cluster and waits until it serves all slots.
     *
     * @param replicas how many each master has
     * @return the cluster
     */
    public static RedisCluster start(int replicas) {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < MASTERS * (1 + replicas); i++) {
                cluster.servers.add(RedisServer.start(
                        "--cluster-enabled",
                        "yes",
                        "--cluster-node-timeout",
                        "1000",
                        "--repl-diskless-sync-delay",
                        "0",
                        "--cluster-port",
                        "" + ServerProcess.freePort()));
            }
            cluster.join(replicas);
            cluster.awaitHealth();
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void join(int replicas) {
        List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        servers.forEach(server -> command.add(server.address()));
        command.addAll(List.of("--cluster-replicas", "" + replicas, "--cluster-yes"));
        Process joining = ServerProcess.start(servers.get(0).folder(), command);
        WaitFor.until("the nodes have met", () -> !joining.isAlive());
        if (joining.exitValue() != 0) {
            throw new IllegalStateException(
                    "no cluster was made; the log is in " + servers.get(0).folder());
        }
    }

    /** Waits until every server that runs says that all slots are served. */
    public void awaitHealth() {
        WaitFor.until(
                "the cluster is whole",
                () -> running().stream()
                        .allMatch(server -> server.ask("CLUSTER INFO").contains("cluster_state:ok")));
    }

    private List<RedisServer> running() {
        return servers.stream().filter(RedisServer::isRunning).toList();
    }

    /**
     * Its servers.
     *
     * @return masters and replicas
     */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /**
     * The masters that run.
     *
     * @return those that say so themselves
     */
    public List<RedisServer> masters() {
        return running().stream()
                .filter(server -> server.ask("ROLE").contains("master"))
                .toList();
    }

    /**
     * Where to begin.
     *
     * @return the address of each server
     */
    public List<String> addresses() {
        return servers.stream().map(RedisServer::address).toList();
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
