// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.resp.ProtocolException;
import dev.millrace.resp.RequestLimits;
import dev.millrace.resp.RequestSink;
import dev.millrace.resp.RespValue;
import dev.millrace.resp.ValueDecoder;
import dev.millrace.resp.ValueLimits;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Decoding;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * The original reads any value. One that is no array it passes over, and of an array each element has to be a text. There are
 * no inline commands: their first byte begins no value, and the connection is closed.
 */
/** Reads requests as okq does. */
final class OkqDecoding implements Decoding {
    /** An array in which something else than a text stands: no words at all, which nothing else is. */
    private static final byte[][] INVALID = {};

    private final RequestLimits limits;
    private final ValueDecoder decoder;
    private long unfinished;

    OkqDecoding(RequestLimits limits) {
        this.limits = limits;
        this.decoder = new ValueDecoder(new ValueLimits(
                limits.inlineBytes(), limits.bulkBytes(), limits.arguments(), ValueLimits.DEFAULT.depth()));
    }

    @Override
    public void decode(ByteBuffer in, RequestSink sink) throws ProtocolException {
        unfinished += in.remaining();
        decoder.decode(in, value -> {
            unfinished = 0;
            accept(value, sink);
        });
        if (unfinished > limits.requestBytes()) {
            throw new ProtocolException("Protocol error: too big request");
        }
    }

    private static void accept(RespValue value, RequestSink sink) {
        if (value instanceof RespValue.Array array && array.elements() != null) {
            sink.request(words(array.elements()));
        }
    }

    private static byte[][] words(List<RespValue> elements) {
        byte[][] words = new byte[Math.max(1, elements.size())][];
        words[0] = new byte[0];
        for (int i = 0; i < elements.size(); i++) {
            byte[] word = word(elements.get(i));
            if (word == null) {
                return INVALID;
            }
            words[i] = word;
        }
        return words;
    }

    private static byte @Nullable [] word(RespValue element) {
        return switch (element) {
            case RespValue.Bulk bulk -> bulk.bytes();
            case RespValue.SimpleString simple -> Words.bytes(simple.text());
            default -> null;
        };
    }
}
