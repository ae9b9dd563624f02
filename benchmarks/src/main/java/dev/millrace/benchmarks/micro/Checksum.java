// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The checksum of a record, and of the frame of a large group. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Checksum {
    /** How many bytes. */
    @Param({"85", "43000"})
    public int bytes;

    private byte[] content = {};

    /** JMH makes it. */
    public Checksum() {}

    /** Makes the content. */
    @Setup
    public void fill() {
        content = new byte[bytes];
    }

    /** Once over everything. */
    @Benchmark
    public long sum() {
        CRC32C sum = new CRC32C();
        sum.update(content, 0, content.length);
        return sum.getValue();
    }
}
