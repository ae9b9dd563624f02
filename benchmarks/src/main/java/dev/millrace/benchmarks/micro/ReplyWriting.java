// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.micro;

import dev.millrace.resp.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The replies to 1,024 requests, one behind the other: what writing costs each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplyWriting {
    private static final int REPLIES = 1024;

    private final ReplyWriter writer = new ReplyWriter(1 << 18);
    private final byte[] body = new byte[64];
    private final byte[] queue = new byte[6];
    private final String id = "D-e1ecd1a3-Jq6ODh+rq9qj4y52tiWv70z1-05a1";
    private final byte[] idBytes = id.getBytes(StandardCharsets.US_ASCII);

    /** JMH makes it. */
    public ReplyWriting() {}

    /** The id of a new job. */
    @Benchmark
    @OperationsPerInvocation(REPLIES)
    public int added() {
        writer.reset();
        for (int i = 0; i < REPLIES; i++) {
            writer.simpleString(id);
        }
        return writer.size();
    }

    /** The same, as bytes. */
    @Benchmark
    @OperationsPerInvocation(REPLIES)
    public int addedBytes() {
        writer.reset();
        for (int i = 0; i < REPLIES; i++) {
            writer.simpleString(idBytes);
        }
        return writer.size();
    }

    /** One job with queue, id and body. */
    @Benchmark
    @OperationsPerInvocation(REPLIES)
    public int fetched() {
        writer.reset();
        for (int i = 0; i < REPLIES; i++) {
            writer.arrayHeader(1).arrayHeader(3).bulk(queue).bulk(id).bulk(body);
        }
        return writer.size();
    }
}
