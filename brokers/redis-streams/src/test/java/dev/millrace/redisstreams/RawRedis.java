// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import dev.millrace.testkit.servers.RedisServer;
import java.util.List;
import java.util.UUID;

/** What another program says to the same server, as people type it. */
public final class RawRedis {
    private final RedisServer server;

    public RawRedis(RedisServer server) {
        this.server = server;
    }

    public static String fresh() {
        return "s-" + UUID.randomUUID();
    }

    public RedisOptions options() {
        return RedisOptions.server(server.address());
    }

    /** The lines of a reply, without what they begin with and without lengths. */
    public List<String> ask(String command) {
        String reply = server.ask(command);
        return reply.lines()
                .filter(line -> !line.startsWith("$") && !line.startsWith("*"))
                .map(line ->
                        line.startsWith(":") || line.startsWith("+") || line.startsWith("-") ? line.substring(1) : line)
                .toList();
    }

    public String first(String command) {
        return ask(command).get(0);
    }

    /** Adds an entry; its id. */
    public String add(String stream, String fields) {
        return first("XADD " + stream + " * " + fields);
    }

    public long length(String stream) {
        return Long.parseLong(first("XLEN " + stream));
    }

    /** How many entries are pending in a group. */
    public long pending(String stream, String group) {
        return Long.parseLong(first("XPENDING " + stream + " " + group));
    }

    /** How often an entry was delivered; 0 if it is not pending. */
    public long deliveries(String stream, String group, String id) {
        List<String> row = ask("XPENDING " + stream + " " + group + " " + id + " " + id + " 1");
        return row.size() < 4 ? 0 : Long.parseLong(row.get(3));
    }

    /** For how many milliseconds an entry has been idle; -1 if it is not pending. */
    public long idle(String stream, String group, String id) {
        List<String> row = ask("XPENDING " + stream + " " + group + " " + id + " " + id + " 1");
        return row.size() < 4 ? -1 : Long.parseLong(row.get(2));
    }

    /** Who has an entry. */
    public String owner(String stream, String group, String id) {
        List<String> row = ask("XPENDING " + stream + " " + group + " " + id + " " + id + " 1");
        return row.size() < 4 ? "" : row.get(1);
    }
}
