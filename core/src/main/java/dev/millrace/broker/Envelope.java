// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.Headers;
import dev.millrace.job.Payload;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 *   F5 4D 52       no UTF-8 text begins with F5; "MR"
 *   01             version
 *   count          unsigned short, of headers
 *   name, value    of each: length in bytes, int, and UTF-8
 *   payload        the rest
 *
 * Numbers are big-endian.
 */
/**
 * Carries headers beside a payload, for brokers that carry only bytes. A payload without headers travels as it is, so
 * that programs which know no Millrace can write and read it; one that happens to begin like an envelope is put into one.
 * Immutable and thread-safe.
 *
 * @param headers what travels beside the payload
 * @param payload what the handler is to get
 */
public record Envelope(Map<String, String> headers, Payload payload) {
    private static final int MAGIC = 0xF54D5201;
    private static final int HEAD_BYTES = Integer.BYTES + Short.BYTES;
    private static final int MOST_HEADERS = 0xffff;

    /** Keeps the map. */
    public Envelope {
        headers = Map.copyOf(headers);
    }

    /**
     * Writes an envelope, where one is needed.
     *
     * @return the bytes to send
     * @throws IllegalArgumentException if there are more than {@value #MOST_HEADERS} headers, or a header breaks a rule
     */
    public Payload seal() {
        if (headers.isEmpty() && !begins(payload.buffer())) {
            return payload;
        }
        Headers.check(headers);
        if (headers.size() > MOST_HEADERS) {
            throw new IllegalArgumentException(headers.size() + " headers; at most " + MOST_HEADERS + " are allowed");
        }
        List<byte[]> texts = new ArrayList<>();
        int size = HEAD_BYTES + payload.size();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            for (String text : List.of(header.getKey(), header.getValue())) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                texts.add(bytes);
                size = Math.addExact(size, Integer.BYTES + bytes.length);
            }
        }
        byte[] sealed = new byte[size];
        ByteBuffer out = ByteBuffer.wrap(sealed).putInt(MAGIC).putShort((short) headers.size());
        texts.forEach(text -> out.putInt(text.length).put(text));
        payload.copyTo(sealed, out.position());
        return Payload.wrap(sealed);
    }

    private static boolean begins(ByteBuffer bytes) {
        return bytes.remaining() >= Integer.BYTES && bytes.getInt(bytes.position()) == MAGIC;
    }

    /**
     * Reads what came.
     *
     * @param received the bytes that were sent
     * @return headers and payload; no headers and the very bytes if they are no whole envelope
     */
    public static Envelope open(Payload received) {
        ByteBuffer in = received.buffer();
        if (!begins(in)) {
            return new Envelope(Map.of(), received);
        }
        in.getInt();
        return readHeaders(in)
                .map(headers -> new Envelope(headers, rest(in)))
                .orElseGet(() -> new Envelope(Map.of(), received));
    }

    private static Optional<Map<String, String>> readHeaders(ByteBuffer in) {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
                headers.put(text(in), text(in));
            }
            return Optional.of(headers);
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    private static Payload rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return Payload.wrap(bytes);
    }
}
