// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.QueueName;
import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.OkqServer;
import dev.millrace.okq.OwnServer;
import dev.millrace.okq.PushEvent;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ids that somebody else chose for events. */
class IdsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String ODD = " x ";

    private static void isOdd(Delivery delivery, String id) {
        assertThat(delivery.id().value()).isEqualTo(id);
        assertThat(delivery.headers())
                .containsExactlyEntriesOf(Map.of(
                        OkqBroker.EVENT_ID_HEADER,
                        Base64.getEncoder().encodeToString(OkqName.of(ODD).bytes())));
    }

    @Test
    void idThatCannotBeThatOfAJobIsKeptThroughARetryAndInTheDeadLetters() throws Exception {
        try (OkqServer server = OwnServer.start();
                OkqClient client = OkqClient.connect(server.address());
                Broker broker = Brokers.open("okq://" + server.address());
                Receiver receiver = broker.receiver(Subscription.to("mail", 1, LONG))) {
            client.push(PushEvent.to(OkqName.of("mail"), new byte[] {'e'}).withId(OkqName.of(ODD)));
            Delivery first = receiver.receive(1, LONG).getFirst();
            String id = first.id().value();
            isOdd(first, id);
            receiver.settle(List.of(new Settlement.Release(first, Duration.ZERO, Cause.FAILED)));
            Delivery second = receiver.receive(1, LONG).getFirst();
            assertThat(second.attempt()).isEqualTo(2);
            isOdd(second, id);
            receiver.settle(List.of(new Settlement.DeadLetter(second, "a test")));
            OkqBroker okq = (OkqBroker) broker;
            assertThat(okq.dead(new QueueName("mail"), 1)).singleElement().satisfies(letter -> {
                assertThat(letter.id().value()).isEqualTo(id);
                assertThat(letter.headers()).containsKey(OkqBroker.EVENT_ID_HEADER);
            });
        }
    }
}
