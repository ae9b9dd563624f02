// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.disque.AddJob;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.GetJob;
import dev.millrace.disque.NodeAddress;
import dev.millrace.server.MillraceServer;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a server in front of a broker keeps of jobs that were handed out for times of different length. */
class ServedLeasesTest {
    private static String held(DisqueClient client) {
        return client.info("jobs").getOrDefault("registered_jobs", "?");
    }

    @Test
    void aLongLeaseKeepsNoOthersThatAreOver() throws IOException {
        try (MillraceHarness harness = new MillraceHarness(true);
                Broker broker = harness.open();
                MillraceServer middle = MillraceServer.on(broker)
                        .listen("127.0.0.1", 0)
                        .clock(harness.clock())
                        .start();
                DisqueClient client = DisqueClient.connect(
                        new NodeAddress(
                                "127.0.0.1", middle.address().orElseThrow().getPort()),
                        DisqueOptions.defaults())) {
            client.add(AddJob.to("long", "x").withRetry(Duration.ofHours(1)));
            assertThat(client.get(GetJob.from("long"))).hasSize(1);
            client.addAll(IntStream.range(0, 20)
                    .mapToObj(i -> AddJob.to("short", "x").withRetry(Duration.ofSeconds(1)))
                    .toList());
            assertThat(client.get(GetJob.from("short").withCount(20))).hasSize(20);
            assertThat(held(client)).isEqualTo("21");
            harness.pass(Duration.ofMinutes(2));
            assertThat(client.get(GetJob.from("other"))).isEmpty();
            WaitFor.until("the others are forgotten", () -> held(client).equals("1"));
        }
    }
}
