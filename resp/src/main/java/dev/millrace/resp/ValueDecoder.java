// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Each value begins with a line; a bulk goes on behind it. Arrays that are not full yet stand on a stack, the innermost
 * on top; a value that is whole goes into the topmost, which may be whole with it, and so on down.
 */
/**
 * A client's decoder of RESP2 values. Bytes go in as they arrive, cut anywhere; whole values come out. Stricter than a
 * {@link RequestDecoder}: every line must end in CRLF, and numbers stand in their shortest form. One decoder serves one
 * connection. Not thread-safe.
 */
public final class ValueDecoder {
    private final ValueLimits limits;
    private final TornLine line = new TornLine();
    private final Deque<Filling> arrays = new ArrayDeque<>();
    private @Nullable TornBulk bulk;
    private boolean refused;

    /**
     * A decoder at the beginning of a connection.
     *
     * @param limits what is refused as too large
     */
    public ValueDecoder(ValueLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes all bytes between position and limit of a buffer; afterwards the position is at the limit, and nothing of
     * the buffer is kept. A value that has not come to its end is continued by the next call. If the sink throws, the
     * position is behind the value that it was given, and decoding can go on from there.
     *
     * @param in what has arrived; any kind of buffer
     * @param sink is given each whole value that is not within another
     * @throws ProtocolException if the bytes are no value. Values before it were given to the sink, what is behind it is
     *     dropped, and the connection is to be closed
     * @throws IllegalStateException after a protocol error
     */
    public void decode(ByteBuffer in, Consumer<? super RespValue> sink) throws ProtocolException {
        if (refused) {
            throw new IllegalStateException("nothing can be decoded behind a protocol error; close the connection");
        }
        try {
            while (in.hasRemaining()) {
                RespValue value = bulk == null ? readLine(in) : readBulk(in, bulk);
                if (value != null) {
                    value = settle(value);
                }
                if (value != null) {
                    sink.accept(value);
                }
            }
        } catch (ProtocolException e) {
            refused = true;
            in.position(in.limit());
            throw e;
        }
    }

    private @Nullable RespValue readLine(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (line.endsWith('\r')) {
                if (next != '\n') {
                    throw new ProtocolException("a carriage return within a line, instead of before its line feed");
                }
                line.dropLast();
                RespValue value = begun();
                line.clear();
                return value;
            }
            if (next == '\n') {
                throw new ProtocolException("a line that ends without a carriage return");
            }
            line.add(next);
            if (next != '\r' && line.size() > limits.lineBytes()) {
                throw new ProtocolException("a line of more than " + limits.lineBytes() + " bytes");
            }
        }
        return null;
    }

    /** The value that the line is, or null if it is only the beginning of one. */
    private @Nullable RespValue begun() throws ProtocolException {
        int type = line.size() == 0 ? -1 : line.bytes()[0];
        return switch (type) {
            case '+' -> new RespValue.SimpleString(line.text());
            case '-' -> new RespValue.ErrorReply(line.text());
            case ':' -> new RespValue.Int(line.number(() -> "a number that is none: " + shownLine()));
            case '$' -> beginBulk(length("bulk", limits.bulkBytes()));
            case '*' -> beginArray(length("array", limits.arrayLength()));
            case -1 -> throw new ProtocolException("an empty line where a value should begin");
            default ->
                throw new ProtocolException("a value that begins with "
                        + Shown.of(RespValue.Bulk.of(new byte[] {(byte) type})) + "; expected one of + - : $ *");
        };
    }

    private int length(String what, int most) throws ProtocolException {
        long length = line.number(() -> what + " whose length is no number: " + shownLine());
        if (length < -1 || length > most) {
            throw new ProtocolException(what + " of length " + length + "; it must be -1 to " + most);
        }
        return (int) length;
    }

    private String shownLine() {
        return Shown.of(RespValue.Bulk.of(line.text()));
    }

    private @Nullable RespValue beginBulk(int length) {
        if (length < 0) {
            return RespValue.Bulk.NULL;
        }
        bulk = new TornBulk(length);
        return null;
    }

    private @Nullable RespValue readBulk(ByteBuffer in, TornBulk begun) throws ProtocolException {
        begun.take(in);
        if (!begun.isWhole()) {
            return null;
        }
        bulk = null;
        if (!begun.endsInCrLf()) {
            throw new ProtocolException("a bulk that is longer than announced");
        }
        return RespValue.Bulk.of(begun.bytes());
    }

    private @Nullable RespValue beginArray(int length) throws ProtocolException {
        if (length < 0) {
            return RespValue.Array.NULL;
        }
        if (arrays.size() == limits.depth()) {
            throw new ProtocolException("more than " + limits.depth() + " arrays within each other");
        }
        if (length == 0) {
            return new RespValue.Array(List.of());
        }
        arrays.push(new Filling(length, new ArrayList<>()));
        return null;
    }

    /** Puts a value into the array that it belongs to; gives back what stands by itself then, if anything. */
    private @Nullable RespValue settle(RespValue value) {
        RespValue whole = value;
        while (true) {
            Filling array = arrays.peek();
            if (array == null) {
                return whole;
            }
            array.elements().add(whole);
            if (array.elements().size() < array.length()) {
                return null;
            }
            arrays.pop();
            whole = new RespValue.Array(array.elements());
        }
    }

    private record Filling(int length, List<RespValue> elements) {}
}
