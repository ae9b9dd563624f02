// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.job.Payload;
import dev.millrace.resp.client.Replies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 *   length, bytes     of each name and value in turn; the length is an int, big-endian
 *
 * It never leaves the process, so it carries no version.
 */
/** The fields of an entry as a payload. */
public final class Fields {
    private Fields() {}

    static Payload payload(@Nullable Object reply) {
        List<byte[]> parts = Replies.list(reply, Replies::bytes);
        int size = 0;
        for (byte[] part : parts) {
            size = Math.addExact(size, Integer.BYTES + part.length);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        parts.forEach(part -> out.putInt(part.length).put(part));
        return Payload.wrap(out.array());
    }

    /**
     * Reads the fields.
     *
     * @param payload that of a delivery of a {@link GroupBroker}
     * @return the values by their names, in order; of a name that comes twice the last
     */
    public static Map<String, byte[]> of(Payload payload) {
        ByteBuffer in = payload.buffer();
        Map<String, byte[]> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            String name = new String(next(in), StandardCharsets.UTF_8);
            fields.put(name, in.hasRemaining() ? next(in) : new byte[0]);
        }
        return fields;
    }

    private static byte[] next(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
