// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From when the time counts in which a job has to be acknowledged: a job of RETRY 10 that waited for eight seconds. */
class RetryClockTest extends ServedTest {
    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();

    private Wire clientWithAJob(RetryClock from) throws IOException {
        EmbeddedBroker broker = keep(EmbeddedBroker.builder()
                .directory(folder.resolve("jobs"))
                .clock(time)
                .open());
        Wire client = client(serve(
                MillraceServer.on(broker).listen("127.0.0.1", 0).clock(time).retryFrom(from)));
        client.call("ADDJOB", "q", "b", "0", "RETRY", "10");
        time.advance(Duration.ofSeconds(8));
        assertThat(again(client)).endsWith("additional-deliveries, 0]]");
        return client;
    }

    private static String again(Wire client) throws IOException {
        return client.ask("GETJOB", "NOHANG", "WITHCOUNTERS", "FROM", "q");
    }

    @Test
    void fromItsQueueingUnlessSomethingIsSaid() throws IOException {
        Wire client = clientWithAJob(RetryClock.FROM_QUEUEING);
        time.advance(Duration.ofSeconds(3));
        assertThat(again(client)).endsWith("additional-deliveries, 1]]");
    }

    @Test
    void fromItsDeliveryWhereThatIsSaid() throws IOException {
        Wire client = clientWithAJob(RetryClock.FROM_DELIVERY);
        time.advance(Duration.ofSeconds(9));
        assertThat(again(client)).isEqualTo("null");
        time.advance(Duration.ofSeconds(2));
        assertThat(again(client)).endsWith("additional-deliveries, 1]]");
    }
}
