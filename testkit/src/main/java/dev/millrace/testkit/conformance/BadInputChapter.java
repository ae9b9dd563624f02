// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is refused with a message that says so, before it reaches the broker, and changes nothing. */
abstract class BadInputChapter extends Chapter {
    BadInputChapter(BrokerContract contract) {
        super(contract);
    }

    private void untouched(Runnable mistake) {
        Object before = harness.trace(broker);
        assertThatIllegalArgumentException().isThrownBy(mistake::run);
        assertThat(harness.trace(broker)).isEqualTo(before);
        stored(job("after"));
        assertThat(texts(take(receiver(), 1))).containsExactly("after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", " padded", "padded ", "new\nline", "nul\0", "half \ud800 a pair"})
    void brokenQueueNameIsRefused(String name) {
        untouched(() -> broker.send(List.of(job("good"), Job.of(name, Payload.empty()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "new\nline", "half \udc00 a pair"})
    void brokenIdIsRefused(String id) {
        untouched(() -> broker.send(List.of(job("good"), job("bad").withId(id))));
    }

    @Test
    void overlongNamesAreRefused() {
        untouched(() -> broker.send(List.of(job("good"), Job.of("ж".repeat(128), Payload.empty()))));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueName("q".repeat(QueueName.MAX_BYTES + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new JobId("i".repeat(JobId.MAX_BYTES + 1)));
    }

    @Test
    void brokenHeaderIsRefused() {
        untouched(() -> broker.send(List.of(job("good"), job("bad").withHeader("", "x"))));
        assertThatIllegalArgumentException().isThrownBy(() -> job("bad").withHeader("x", "half \ud800 a pair"));
    }

    @Test
    void negativeLengthsOfTimeAreRefused() {
        Duration negative = Duration.ofMillis(-1);
        untouched(() -> broker.send(List.of(job("good"), job("bad").after(negative))));
        assertThatIllegalArgumentException().isThrownBy(() -> job("bad").expiringAfter(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> job("bad").withTimeLimit(negative));
        assertThatIllegalArgumentException().isThrownBy(() -> job("bad").after(Duration.ofDays(1_000_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> subscription(1, Duration.ZERO, Guarantee.AT_LEAST_ONCE));
    }

    @Test
    void negativeRetryDelayIsRefusedAndTheDeliveryStays() {
        stored(job("again"));
        Receiver receiver = receiver();
        var delivery = take(receiver);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Release(delivery, Duration.ofMillis(-1), Cause.FAILED));
        ack(receiver, delivery);
    }

    @Test
    void brokenHeadersOfASettlementAreRefusedAndTheDeliveryStays() {
        stored(job("again"));
        Receiver receiver = receiver();
        var delivery = take(receiver);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settle(
                        receiver,
                        new Release(delivery, Duration.ZERO, Cause.FAILED, header("error", "half \ud800 a pair"))));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settle(receiver, new Release(delivery, Duration.ZERO, Cause.FAILED, header("", "x"))));
        ack(receiver, delivery);
    }

    @Test
    void receivingNoneIsRefused() {
        stored(job("kept"));
        Receiver receiver = receiver();
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.receive(0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.receive(-1, Duration.ZERO));
        take(receiver);
    }

    @Test
    void negativePatienceIsRefused() {
        stored(job("kept"));
        Receiver receiver = receiver();
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.receive(1, Duration.ofMillis(-1)));
        take(receiver);
    }

    @Test
    void emptySubscriptionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> broker.receiver(new Subscription(List.of(), 1, unit, Guarantee.AT_LEAST_ONCE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        broker.receiver(new Subscription(List.of(queue, queue), 1, unit, Guarantee.AT_LEAST_ONCE)));
        assertThatIllegalArgumentException().isThrownBy(() -> subscription(0, unit, Guarantee.AT_LEAST_ONCE));
    }
}
