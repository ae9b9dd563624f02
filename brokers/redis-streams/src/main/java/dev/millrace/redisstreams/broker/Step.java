// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Reader;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;

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
        return keyed(script.known());
    }

    Keyed<T> whole() {
        return keyed(script.whole());
    }

    private Keyed<T> keyed(CommandArguments call) {
        call.add(keys.all().size());
        keys.all().forEach(call::add);
        arguments.forEach(call::add);
        return new Keyed<>(keys.stream(), Command.of(call, reader));
    }
}
