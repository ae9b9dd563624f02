// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * The state between two calls:
 *
 *   line       arguments   bulk     what comes next
 *   empty      null        null     the first byte of a request
 *   not empty  null        null     the rest of an inline line, or of *count
 *   any        an array    null     the rest of $length
 *   empty      an array    a bulk   the rest of an argument and the two bytes behind it
 *
 * What lies whole in the buffer is parsed there: shortLength reads a length that is written as it should be, and the
 * argument is copied out. Everything else (torn, wrong, negative) goes byte by byte through the line, so that each rule
 * is written down once, and it makes no difference where the bytes were cut.
 *
 * Lines of lengths end with a carriage return and one more byte, which nobody looks at, as in the original.
 */
/**
 * A server's decoder of RESP2 requests: arrays of bulks, and inline commands. Bytes go in as they arrive, cut anywhere;
 * whole requests come out. It follows Redis and Disque to the letter of their errors, with three differences: lines may
 * end in a bare line feed wherever they stand, a NUL is a byte like any other, and what all arguments of a request have
 * together is limited too. One decoder serves one connection. Not thread-safe.
 */
public final class RequestDecoder {
    private static final int END = 2;
    private static final int SHORTEST_ARGUMENT = 6;
    private static final int FEW_ARGUMENTS = 16;
    private static final int MOST_DIGITS = 9;
    private static final String BAD_COUNT = "Protocol error: invalid multibulk length";
    private static final String BAD_LENGTH = "Protocol error: invalid bulk length";

    private final RequestLimits limits;
    private final TornLine line = new TornLine();
    private byte @Nullable [][] arguments;
    private int count;
    private int filled;
    private long bytes;
    private @Nullable TornBulk bulk;
    private int cursor;
    private boolean refused;

    /**
     * A decoder at the beginning of a connection.
     *
     * @param limits what is refused as too large
     */
    public RequestDecoder(RequestLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes all bytes between position and limit of a buffer; afterwards the position is at the limit, and nothing of
     * the buffer is kept. A request that has not come to its end is continued by the next call. If the sink throws, the
     * position is behind the request that it was given, and decoding can go on from there.
     *
     * @param in what has arrived; any kind of buffer
     * @param sink is given each whole request
     * @throws ProtocolException if the bytes are no request; its message is what belongs behind {@code ERR}. Requests
     *     before it were given to the sink, what is behind it is dropped, and the connection is to be closed
     * @throws IllegalStateException after a protocol error
     */
    public void decode(ByteBuffer in, RequestSink sink) throws ProtocolException {
        if (refused) {
            throw new IllegalStateException("nothing can be decoded behind a protocol error; close the connection");
        }
        try {
            int limit = in.limit();
            int at = in.position();
            while (at < limit) {
                at = arguments == null ? begin(in, at, limit, sink) : fill(in, at, limit, arguments, sink);
            }
            in.position(limit);
        } catch (ProtocolException e) {
            refused = true;
            in.position(in.limit());
            throw e;
        }
    }

    private int begin(ByteBuffer in, int from, int limit, RequestSink sink) throws ProtocolException {
        if (line.size() == 0) {
            if (in.get(from) != '*') {
                return readInline(in, from, limit, sink);
            }
            int length = shortLength(in, from, limit);
            if (length > 0 && length <= limits.arguments()) {
                expect(length, limit - cursor);
                return cursor;
            }
        } else if (line.bytes()[0] != '*') {
            return readInline(in, from, limit, sink);
        }
        if (readLine(in, from, limit, "Protocol error: too big mbulk count string")) {
            long length = line.number(() -> BAD_COUNT);
            if (length > limits.arguments()) {
                throw new ProtocolException(BAD_COUNT);
            }
            line.clear();
            if (length > 0) {
                expect((int) length, limit - cursor);
            }
        }
        return cursor;
    }

    /** Makes room for as many arguments as there can be in what has arrived, not for all that are announced. */
    private void expect(int announced, int arrived) {
        count = announced;
        filled = 0;
        bytes = 0;
        arguments = new byte[Math.min(announced, FEW_ARGUMENTS + arrived / SHORTEST_ARGUMENT)][];
    }

    private int fill(ByteBuffer in, int from, int limit, byte[][] room, RequestSink sink) throws ProtocolException {
        int at = from;
        byte[][] into = room;
        while (true) {
            byte[] argument;
            if (bulk != null) {
                at = bulk.take(in, at, limit);
                if (!bulk.isWhole()) {
                    return at;
                }
                argument = bulk.bytes();
                bulk = null;
            } else {
                int length = line.size() == 0 && in.get(at) == '$' ? shortLength(in, at, limit) : -1;
                if (length < 0 || length > limits.bulkBytes()) {
                    if (!readLine(in, at, limit, "Protocol error: too big bulk count string")) {
                        return limit;
                    }
                    length = bulkLength();
                }
                at = cursor;
                bytes += length;
                if (bytes > limits.requestBytes()) {
                    throw new ProtocolException("Protocol error: too big request");
                }
                if (length > limit - at - END) {
                    bulk = new TornBulk(length);
                    if (at == limit) {
                        return at;
                    }
                    continue;
                }
                argument = TornBulk.EMPTY;
                if (length > 0) {
                    argument = new byte[length];
                    in.get(at, argument);
                }
                at += length + END;
            }
            if (filled == into.length) {
                into = Arrays.copyOf(into, (int) Math.min(count, 2L * filled));
                arguments = into;
            }
            into[filled++] = argument;
            if (filled == count) {
                arguments = null;
                in.position(at);
                sink.request(into);
                return at;
            }
            if (at == limit) {
                return at;
            }
        }
    }

    private int bulkLength() throws ProtocolException {
        if (line.bytes()[0] != '$') {
            String found = line.size() == 0 ? " " : String.valueOf((char) (line.bytes()[0] & 0xff));
            throw new ProtocolException("Protocol error: expected '$', got '" + found.replace('\n', ' ') + "'");
        }
        long length = line.number(() -> BAD_LENGTH);
        if (length < 0 || length > limits.bulkBytes()) {
            throw new ProtocolException(BAD_LENGTH);
        }
        line.clear();
        return (int) length;
    }

    /**
     * The number of up to nine digits behind the byte at a place, if its line is whole and the number is written as it
     * should be; the cursor is then behind the line. Otherwise -1.
     */
    private int shortLength(ByteBuffer in, int from, int limit) {
        int at = from + 1;
        int most = Math.min(limit - END, at + MOST_DIGITS);
        int value = 0;
        while (at <= most) {
            int digit = in.get(at++) - '0';
            if (digit < 0 || digit > 9) {
                int digits = at - from - 2;
                boolean leadingZero = digits > 1 && in.get(from + 1) == '0';
                if (digit != '\r' - '0' || digits == 0 || leadingZero) {
                    return -1;
                }
                cursor = at + 1;
                return value;
            }
            value = value * 10 + digit;
        }
        return -1;
    }

    /** Adds to the line what there is of it; says whether it is whole. It then stands there without its end. */
    private boolean readLine(ByteBuffer in, int from, int limit, String tooLong) throws ProtocolException {
        int at = from;
        while (at < limit) {
            if (line.endsWith('\r')) {
                line.dropLast();
                cursor = at + 1;
                return true;
            }
            byte next = in.get(at++);
            line.add(next);
            if (next != '\r' && line.size() > limits.inlineBytes()) {
                throw new ProtocolException(tooLong);
            }
        }
        cursor = at;
        return false;
    }

    private int readInline(ByteBuffer in, int from, int limit, RequestSink sink) throws ProtocolException {
        int at = from;
        while (at < limit) {
            byte next = in.get(at++);
            if (next == '\n') {
                byte[][] words = words();
                line.clear();
                if (words.length > 0) {
                    in.position(at);
                    sink.request(words);
                }
                return at;
            }
            line.add(next);
            if (line.size() > limits.inlineBytes()) {
                throw new ProtocolException("Protocol error: too big inline request");
            }
        }
        return at;
    }

    private byte[][] words() throws ProtocolException {
        byte[][] words = new InlineWords(line.bytes(), line.size()).split();
        if (words == null) {
            throw new ProtocolException("Protocol error: unbalanced quotes in request");
        }
        return words;
    }
}
