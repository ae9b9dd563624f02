// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.clients;

import dev.millrace.benchmarks.measure.Crew;
import dev.millrace.disque.AddJob;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.NodeAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Drives our client; arguments: host, port, and {@value #CYCLES} or {@value #BULK}. */
public final class OurDriver {
    /** Adds a job, gets one and acknowledges it, one command after the other. */
    public static final String CYCLES = "cycles";

    /** Adds many jobs, and does not wait for each. */
    public static final String BULK = "bulk";

    /** How many at once. */
    static final int MANY = 1000;

    private static final String BODY = "b".repeat(64);

    private OurDriver() {}

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        NodeAddress node = new NodeAddress(arguments[0], Integer.parseInt(arguments[1]));
        try (DisqueClient client = DisqueClient.connect(node, DisqueOptions.defaults())) {
            List<AddJob> many = Collections.nCopies(MANY, AddJob.to("bulk", BODY));
            Crew.Work cycle = () -> {
                client.add("q", BODY);
                DisqueJob job = client.get(Duration.ofSeconds(10), "q").orElseThrow();
                return client.ack(job.id());
            };
            Crew.Work bulk = () -> {
                client.addAll(many).forEach(result -> result.orThrow());
                return MANY;
            };
            Loop.serve(() -> arguments[2].equals(CYCLES) ? cycle : bulk);
        }
    }
}
