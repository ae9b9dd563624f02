// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that opens a broker, enqueues a job, says so, and holds the broker until its input ends. */
final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
        try (Broker broker = Brokers.open(args[0])) {
            broker.send(List.of(Job.of("q", Payload.text("held"))));
            System.out.write("open\n".getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            while (System.in.read() >= 0) {
                // holds on
            }
        }
    }
}
