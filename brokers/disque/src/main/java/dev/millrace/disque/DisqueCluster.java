// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Connections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node as a part of its cluster (CLUSTER). Throws what its {@link DisqueClient} throws. Thread-safe. */
public final class DisqueCluster {
    private final Connections connections;

    DisqueCluster(Connections connections) {
        this.connections = connections;
    }

    /**
     * Makes the node get to know another one, and by it the cluster of that (CLUSTER MEET). It takes some moments.
     *
     * @param ip address of the other node; a name is refused
     * @param port where it listens
     */
    public void meet(String ip, int port) {
        call("MEET", ip, String.valueOf(port));
    }

    /**
     * Makes the node forget another one (CLUSTER FORGET).
     *
     * @param nodeId 40 hex digits
     */
    public void forget(String nodeId) {
        call("FORGET", nodeId);
    }

    /**
     * The node's own id (CLUSTER MYID).
     *
     * @return 40 hex digits
     */
    public String myId() {
        return call("MYID");
    }

    /**
     * The nodes as the node writes them down (CLUSTER NODES).
     *
     * @return one line for each: id, address, flags, ping sent, pong received, link
     */
    public List<String> nodes() {
        return call("NODES").lines().toList();
    }

    /**
     * Figures of the cluster (CLUSTER INFO).
     *
     * @return names and values
     */
    public Map<String, String> info() {
        Map<String, String> fields = new LinkedHashMap<>();
        call("INFO")
                .lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.put(parts[0], parts[1]));
        return fields;
    }

    /**
     * Says that the node is about to leave, or stays (CLUSTER LEAVING). While it is leaving, others keep its new jobs, and
     * whoever would have to wait on it is told to go elsewhere.
     *
     * @param leaving whether it is about to leave
     */
    public void setLeaving(boolean leaving) {
        call("LEAVING", leaving ? "yes" : "no");
    }

    /**
     * Whether the node is about to leave (CLUSTER LEAVING).
     *
     * @return true if somebody said so
     */
    public boolean isLeaving() {
        return call("LEAVING").equals("yes");
    }

    private String call(String... words) {
        return connections.call(NodeCommands.cluster(words));
    }
}
