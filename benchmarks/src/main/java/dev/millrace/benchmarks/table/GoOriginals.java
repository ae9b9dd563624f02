// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.served.Binaries;
import dev.millrace.benchmarks.table.Entry.Size;
import java.util.List;
import java.util.Optional;

/*
 * How a driver is built depends on where its library is, so that is left to whoever has it. None of them enqueues many at once, and their
 * sizes are small for that: a turn enqueues one by one what is then worked off.
 */
/** Libraries for Go after which ours are made, where environment variables name the binaries of their drivers. */
final class GoOriginals {
    private static final Size SIZE = new Size(5_000, 20_000, 16, 500);

    private GoOriginals() {}

    /** On a real okq. */
    static Optional<Entry> okq(String durability, List<String> where) {
        return entry("OKQ_GO", "okq-go", durability, where, SIZE);
    }

    /** On RabbitMQ. */
    static Optional<Entry> dispatcher(String durability, List<String> where) {
        return entry("DISPATCHER_GO", "gofort/dispatcher", durability, where, SIZE.with(50));
    }

    /** On Redis; what a consumer holds when it dies is taken over by no other. */
    static Optional<Entry> streams(String durability, List<String> where) {
        return entry(
                "STREAMS_GO", "home-automation, queuer", durability + ", stuck with a worker that dies", where, SIZE);
    }

    private static Optional<Entry> entry(
            String variable, String name, String durability, List<String> where, Size size) {
        return Binaries.named(variable)
                .map(binary -> new Entry(
                        name + " (Go)", durability, () -> Contestant.program(List.of(binary.toString()), where), size));
    }
}
