// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.server.MillraceServer;
import dev.millrace.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the page of capabilities says of programs whose broker cannot do what they need. */
class NeedsTest {
    private static final String PAGE_ADDRESS = "localhost:4777";

    /** Refused in the words that stand on the page. */
    private static void refused(ThrowingCallable start, String address) throws Exception {
        String page = Files.readString(
                        Path.of(System.getProperty("millrace.root")).resolve("docs/capabilities.md"))
                .replace('\n', ' ');
        assertThatThrownBy(start)
                .isInstanceOf(UnsupportedFeatureException.class)
                .satisfies(e ->
                        assertThat(page).contains(String.valueOf(e.getMessage()).replace(address, PAGE_ADDRESS)));
    }

    @Test
    void refusalsAreAsThePageSays() throws Exception {
        try (Broker jobs = Brokers.open("mem:");
                MillraceServer server =
                        MillraceServer.on(jobs).listen("127.0.0.1", 0).start()) {
            String address = "127.0.0.1:" + server.address().orElseThrow().getPort();
            try (Broker broker = Brokers.open("okq://" + address)) {
                refused(() -> Needs.producer(broker), address);
                refused(() -> Needs.worker(broker), address);
                assertThat(Needs.policy(broker)).isNotNull();
            }
        }
    }

    @Test
    void nothingIsRefusedWhereTheBrokerCan() {
        try (Broker broker = Brokers.open("mem:");
                Worker worker = Needs.worker(broker)) {
            assertThat(Needs.producer(broker)).isNotNull();
            assertThat(worker.health().worker()).isNotBlank();
        }
    }
}
