// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is connected. Belongs to the loop. */
public final class Clients {
    private final Map<Long, Connection> connections = new LinkedHashMap<>();
    private long lastId;
    private long most;

    Clients(long most) {
        this.most = most;
    }

    long nextId() {
        return ++lastId;
    }

    boolean full() {
        return connections.size() >= most;
    }

    void came(Connection connection) {
        connections.put(connection.id(), connection);
    }

    void left(Connection connection) {
        connections.remove(connection.id());
    }

    /**
     * How many may be there.
     *
     * @param number 1 or more; those that are there stay
     */
    public void limit(long number) {
        most = number;
    }

    /**
     * How many may be there.
     *
     * @return 1 or more
     */
    public long limit() {
        return most;
    }

    /**
     * How many are there.
     *
     * @return 0 or more
     */
    public int size() {
        return connections.size();
    }

    /**
     * All that are there.
     *
     * @return a copy, the oldest first
     */
    public List<Connection> all() {
        return new ArrayList<>(connections.values());
    }
}
