// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Pause;
import dev.millrace.disque.NodeAddress;
import dev.millrace.job.JobId;
import dev.millrace.testkit.traffic.CopyCrashContract;
import org.junit.jupiter.api.Test;

class CopyCrashTest extends CopyCrashContract<MillraceHarness> {
    CopyCrashTest() {
        super(new MillraceHarness(true));
    }

    @Override
    protected int port() {
        return harness().node().port();
    }

    @Override
    protected Broker connect(String address) {
        return harness().connect(NodeAddress.parse(address));
    }

    @Override
    protected String addsReleased() {
        return adds();
    }

    @Override
    protected String adds() {
        return "ADDJOB";
    }

    @Test
    void lettersOfAQueueThatTakesNoJobsStay() throws InterruptedException {
        JobId id = buried();
        Administrable administrable = direct().facet(Administrable.class).orElseThrow();
        administrable.pause(queue(), Pause.IN);
        assertThatThrownBy(() -> administrable.redrive(queue(), 10)).isInstanceOf(BrokerException.class);
        assertThat(dead()).containsExactly(id);
        administrable.pause(queue(), Pause.NONE);
        assertThat(administrable.redrive(queue(), 10)).isEqualTo(1);
        assertThat(received()).containsExactly(id);
    }
}
