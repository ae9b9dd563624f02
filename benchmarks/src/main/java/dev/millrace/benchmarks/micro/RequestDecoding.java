// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.micro;

import dev.millrace.resp.ProtocolException;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.resp.RequestDecoder;
import dev.millrace.resp.RequestLimits;
import dev.millrace.resp.RequestSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** {@code ADDJOB queue body 0} with a body of 64 bytes, 1,024 of them behind each other: what decoding costs each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestDecoding {
    private static final int REQUESTS = 1024;

    /** Whether they arrive outside of the heap, as with Netty. */
    @Param({"false", "true"})
    public boolean direct;

    /** How many bytes arrive at once; the last request of each piece is torn. */
    @Param({"16384", "1448"})
    public int piece;

    private final RequestDecoder decoder = new RequestDecoder(RequestLimits.DEFAULT);
    private List<ByteBuffer> pieces = List.of();

    /** JMH makes it. */
    public RequestDecoding() {}

    /** Writes the requests. */
    @Setup
    public void fill() {
        ReplyWriter writer = new ReplyWriter(1 << 17);
        for (int i = 0; i < REQUESTS; i++) {
            writer.arrayHeader(4)
                    .bulk("ADDJOB")
                    .bulk("emails")
                    .bulk("x".repeat(64))
                    .bulk("0");
        }
        pieces = new ArrayList<>();
        for (int at = 0; at < writer.size(); at += piece) {
            int length = Math.min(piece, writer.size() - at);
            ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
            pieces.add(buffer.put(writer.array(), at, length));
        }
    }

    /** All of them once. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void decode(Blackhole hole) throws ProtocolException {
        RequestSink sink = hole::consume;
        for (ByteBuffer buffer : pieces) {
            decoder.decode(buffer.flip(), sink);
        }
    }
}
