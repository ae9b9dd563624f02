// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.resp.client.Endpoint;
import java.util.Optional;

/**
 * What a node of a cluster says of a key that it does not have: {@code MOVED slot host:port}, or {@code ASK} while the slot
 * moves. The command was not executed.
 *
 * @param slot which
 * @param node who has it
 * @param once whether only this command is to go there
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">cluster specification</a>
 */
record Redirect(int slot, Endpoint node, boolean once) {
    private static final int PARTS = 3;

    /** What an error says, seen by a node at this address: one that does not know its own leaves the host out. */
    static Optional<Redirect> of(RedisServerException error, Endpoint sayer) {
        String[] parts = String.valueOf(error.getMessage()).split(" ", -1);
        boolean once = parts[0].equals("ASK");
        if (parts.length != PARTS || !(once || parts[0].equals("MOVED"))) {
            return Optional.empty();
        }
        int colon = parts[2].lastIndexOf(':');
        String host = parts[2].substring(0, Math.max(0, colon));
        Endpoint node =
                new Endpoint(host.isEmpty() ? sayer.host() : host, Integer.parseInt(parts[2].substring(colon + 1)));
        return Optional.of(new Redirect(Integer.parseInt(parts[1]), node, once));
    }
}
