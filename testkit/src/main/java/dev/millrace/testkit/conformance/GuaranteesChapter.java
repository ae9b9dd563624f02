// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.job.Guarantee;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may happen to a job whose worker dies: that it comes again, or that it is lost, as the worker chose. */
abstract class GuaranteesChapter extends Chapter {
    GuaranteesChapter(BrokerContract contract) {
        super(contract);
    }

    private Receiver atMostOnce() {
        return receiver(subscription(10, unit, Guarantee.AT_MOST_ONCE));
    }

    @Test
    @Proves(Promise.AT_MOST_ONCE)
    void atMostOnceTheJobIsGoneAsSoonAsItIsReceived() {
        stored(job("once"));
        Receiver receiver = atMostOnce();
        assertThat(texts(take(receiver, 1))).containsExactly("once");
        nothing(receiver);
        pass(unit.multipliedBy(3));
        nothing(receiver);
        receiver.close();
        pass(unit.multipliedBy(3));
        nothing(receiver());
    }

    @Test
    void atMostOnceEveryJobIsGivenToOneReceiverOnly() {
        stored(jobs(10));
        Receiver one = atMostOnce();
        Receiver two = receiver();
        List<String> taken = new ArrayList<>(texts(take(one, 5)));
        taken.addAll(texts(take(two, 5)));
        assertThat(taken).doesNotHaveDuplicates();
        nothing(one);
    }

    @Test
    void atMostOnceAcknowledgingIsHarmless() {
        stored(List.of(job("once"), job("other")));
        Receiver receiver = atMostOnce();
        Delivery delivery = take(receiver);
        assertThatCode(() -> receiver.settle(List.of(new Ack(delivery)))).doesNotThrowAnyException();
        take(receiver);
        nothing(receiver);
    }

    @Test
    void atLeastOnceTheJobComesAgainUntilItIsAcknowledged() {
        stored(job("until done").withTimeLimit(unit));
        for (int i = 0; i < 4; i++) {
            Receiver receiver = receiver();
            assertThat(texts(take(receiver, 1))).containsExactly("until done");
            receiver.close();
            pass(unit);
        }
        Receiver last = receiver();
        ack(last, take(last));
        pass(unit.multipliedBy(2));
        nothing(receiver());
    }
}
