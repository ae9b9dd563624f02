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
 * Bytes are read in an array: that of the buffer, or a piece of the buffer that was copied out if it has none. What lies
 * whole in it is parsed there: shortLength reads a length that is written as it should be, and the argument is copied
 * out. Everything else (torn, wrong, negative) goes byte by byte through the line, so that each rule is written down
 * once, and it makes no difference where the bytes were cut. Of a request that is whole nothing is kept in a field: with
 * G1 each new object in a field of an old one costs a barrier.
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
    private static final int PIECE = 1 << 14;
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
            if (in.hasArray()) {
                int base = in.arrayOffset();
                decode(in, in.array(), base + in.position(), base + in.limit(), sink);
            }
            while (in.hasRemaining()) {
                byte[] piece = new byte[Math.min(in.remaining(), PIECE)];
                in.get(in.position(), piece);
                decode(in, piece, 0, piece.length, sink);
            }
        } catch (ProtocolException e) {
            refused = true;
            in.position(in.limit());
            throw e;
        }
    }

    /** Decodes what stands at the position of the buffer and is in an array, too; moves the position behind it. */
    private void decode(ByteBuffer buffer, byte[] in, int from, int limit, RequestSink sink) throws ProtocolException {
        int base = buffer.position() - from;
        cursor = from;
        try {
            while (cursor < limit) {
                if (arguments != null) {
                    fill(in, limit, arguments, sink);
                } else if (line.size() == 0 ? in[cursor] == '*' : line.bytes()[0] == '*') {
                    begin(in, limit, sink);
                } else {
                    readInline(in, limit, sink);
                }
            }
        } finally {
            buffer.position(base + cursor);
        }
    }

    private void begin(byte[] in, int limit, RequestSink sink) throws ProtocolException {
        long length = line.size() == 0 ? shortLength(in, limit) : -1;
        if (length < 0) {
            if (!readLine(in, limit, "Protocol error: too big mbulk count string")) {
                return;
            }
            length = line.number(() -> BAD_COUNT);
            line.clear();
        }
        if (length > limits.arguments()) {
            throw new ProtocolException(BAD_COUNT);
        }
        if (length > 0) {
            count = (int) length;
            filled = 0;
            bytes = 0;
            fill(in, limit, new byte[Math.min(count, FEW_ARGUMENTS + (limit - cursor) / SHORTEST_ARGUMENT)][], sink);
        }
    }

    private void fill(byte[] in, int limit, byte[][] room, RequestSink sink) throws ProtocolException {
        byte[][] into = room;
        int next = filled;
        while (cursor < limit) {
            byte[] argument = bulk == null ? argument(in, limit) : rest(bulk, in, limit);
            if (argument == null) {
                continue;
            }
            if (next == into.length) {
                into = Arrays.copyOf(into, (int) Math.min(count, 2L * next));
            }
            into[next++] = argument;
            if (next == count) {
                if (arguments != null) {
                    arguments = null;
                }
                sink.request(into);
                return;
            }
        }
        arguments = into;
        filled = next;
    }

    /** The argument that begins here, if all of it is here; otherwise null, and a line or a bulk has begun. */
    private byte @Nullable [] argument(byte[] in, int limit) throws ProtocolException {
        int length = line.size() == 0 && in[cursor] == '$' ? shortLength(in, limit) : -1;
        if (length < 0) {
            if (!readLine(in, limit, "Protocol error: too big bulk count string")) {
                return null;
            }
            length = bulkLength();
        } else if (length > limits.bulkBytes()) {
            throw new ProtocolException(BAD_LENGTH);
        }
        bytes += length;
        if (bytes > limits.requestBytes()) {
            throw new ProtocolException("Protocol error: too big request");
        }
        int from = cursor;
        if (length > limit - from - END) {
            bulk = new TornBulk(length);
            return rest(bulk, in, limit);
        }
        cursor = from + length + END;
        return Arrays.copyOfRange(in, from, from + length);
    }

    private byte @Nullable [] rest(TornBulk begun, byte[] in, int limit) {
        ByteBuffer rest = ByteBuffer.wrap(in, cursor, limit - cursor);
        begun.take(rest);
        cursor = rest.position();
        if (!begun.isWhole()) {
            return null;
        }
        bulk = null;
        return begun.bytes();
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
     * The number of up to nine digits behind the byte at the cursor, if its line is whole and the number is written as
     * it should be; the cursor is then behind the line. Otherwise -1.
     */
    private int shortLength(byte[] in, int limit) {
        int first = cursor + 1;
        int last = Math.min(limit - END, first + MOST_DIGITS);
        int value = 0;
        for (int at = first; at <= last; at++) {
            int digit = in[at] - '0';
            if (digit < 0 || digit > 9) {
                boolean good = digit == '\r' - '0' && at > first && (in[first] != '0' || at == first + 1);
                if (good) {
                    cursor = at + END;
                }
                return good ? value : -1;
            }
            value = value * 10 + digit;
        }
        return -1;
    }

    /** Adds to the line what there is of it; says whether it is whole. It then stands there without its end. */
    private boolean readLine(byte[] in, int limit, String tooLong) throws ProtocolException {
        while (cursor < limit) {
            byte next = in[cursor++];
            if (line.endsWith('\r')) {
                line.dropLast();
                return true;
            }
            line.add(next);
            if (next != '\r' && line.size() > limits.inlineBytes()) {
                throw new ProtocolException(tooLong);
            }
        }
        return false;
    }

    private void readInline(byte[] in, int limit, RequestSink sink) throws ProtocolException {
        while (cursor < limit) {
            byte next = in[cursor++];
            if (next == '\n') {
                byte[][] words = words();
                line.clear();
                if (words.length > 0) {
                    sink.request(words);
                }
                return;
            }
            line.add(next);
            if (line.size() > limits.inlineBytes()) {
                throw new ProtocolException("Protocol error: too big inline request");
            }
        }
    }

    private byte[][] words() throws ProtocolException {
        byte[][] words = new InlineWords(line.bytes(), line.size()).split();
        if (words == null) {
            throw new ProtocolException("Protocol error: unbalanced quotes in request");
        }
        return words;
    }
}
