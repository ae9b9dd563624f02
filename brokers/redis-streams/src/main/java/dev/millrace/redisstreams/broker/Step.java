// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.resp.client.Command.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a script on one queue. For one thread until it is sent.
 *
 * @param <T> what its reply is read as
 */
final class Step<T> {
    private final Script script;
    private final QueueKeys keys;
    private final Reader<T> reader;
    private final List<byte[]> arguments = new ArrayList<>();

    Step(Script script, QueueKeys keys, Reader<T> reader) {
        this.script = script;
        this.keys = keys;
        this.reader = reader;
    }

    QueueKeys keys() {
        return keys;
    }

    Step<T> add(byte[] argument) {
        arguments.add(argument);
        return this;
    }

    Step<T> add(String argument) {
        return add(RedisLink.utf8(argument));
    }

    Step<T> add(long argument) {
        return add(Long.toString(argument));
    }

    Keyed<T> known() {
        return script.lua().known(keys.all(), arguments, reader);
    }

    Keyed<T> whole() {
        return script.lua().whole(keys.all(), arguments, reader);
    }
}
