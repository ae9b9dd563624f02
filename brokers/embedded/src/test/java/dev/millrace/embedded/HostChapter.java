// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.conformance.BrokerHarness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What tests of a host stand on: a broker on the time of the test, and somebody who calls its host. */
@Timeout(60)
abstract class HostChapter {
    final BrokerHarness harness;
    Broker broker;
    Caller host;

    HostChapter(BrokerHarness harness) {
        this.harness = harness;
        this.broker = harness.open();
        this.host = Caller.of(broker);
    }

    @AfterEach
    void close() {
        broker.close();
        harness.close();
    }

    void pass(long millis) {
        harness.pass(Duration.ofMillis(millis));
        host.host().run(List.of());
    }
}
