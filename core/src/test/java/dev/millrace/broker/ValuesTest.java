// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Settlement.Cause;
import dev.millrace.job.Guarantee;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subscriptions, deliveries, settlements and exceptions. */
class ValuesTest {
    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private record Place(int value) implements Tag {}

    private final Delivery delivery = Delivery.of(new JobId("7"), QUEUE, Payload.text("secret"), new Place(1))
            .headers(Map.of("a", "1"))
            .attempt(3)
            .leaseUntil(Instant.EPOCH)
            .enqueuedAt(Instant.EPOCH.minusSeconds(1))
            .build();

    @Test
    void subscriptionNeedsAQueue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subscription(List.of(), 1, LEASE, Guarantee.AT_LEAST_ONCE))
                .withMessageContaining("at least one queue");
    }

    @Test
    void subscriptionNamesAQueueOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subscription(List.of(QUEUE, QUEUE), 1, LEASE, Guarantee.AT_LEAST_ONCE))
                .withMessageContainingAll("twice", "q");
    }

    @Test
    void subscriptionHoldsOneDeliveryAtLeast() {
        assertThat(Subscription.to("q", 1, LEASE).maxInFlight()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscription.to("q", 0, LEASE))
                .withMessageContaining("maxInFlight 0");
    }

    @Test
    void subscriptionNeedsALeaseAboveZero() {
        assertThat(Subscription.to("q", 1, Duration.ofNanos(1)).guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscription.to("q", 1, Duration.ZERO))
                .withMessageContaining("lease PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscription.to("q", 1, Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    @Test
    void subscriptionKeepsItsOwnList() {
        List<QueueName> queues = new ArrayList<>(List.of(QUEUE));
        Subscription subscription = new Subscription(queues, 1, LEASE, Guarantee.AT_MOST_ONCE);
        queues.clear();
        assertThat(subscription.queues()).containsExactly(QUEUE);
    }

    @Test
    void deliveryKeepsWhatTheBrokerSaid() {
        assertThat(delivery.id()).isEqualTo(new JobId("7"));
        assertThat(delivery.queue()).isEqualTo(QUEUE);
        assertThat(delivery.payload().text()).isEqualTo("secret");
        assertThat(delivery.tag()).isEqualTo(new Place(1));
        assertThat(delivery.headers()).containsExactly(Map.entry("a", "1"));
        assertThat(delivery.attempt()).isEqualTo(3);
        assertThat(delivery.leaseUntil()).contains(Instant.EPOCH);
        assertThat(delivery.enqueuedAt()).contains(Instant.EPOCH.minusSeconds(1));
        assertThat(delivery).hasToString("Delivery[q, 7, attempt 3, 6 bytes]");
    }

    @Test
    void deliveryOfAnIgnorantBrokerIsTheFirstAttempt() {
        Delivery bare = Delivery.of(new JobId("7"), QUEUE, Payload.empty(), new Place(1))
                .build();
        assertThat(bare.attempt()).isEqualTo(1);
        assertThat(bare.headers()).isEmpty();
        assertThat(bare.leaseUntil()).isEmpty();
        assertThat(bare.enqueuedAt()).isEmpty();
    }

    @Test
    void settlementsKeepTheirOwnHeaders() {
        Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
        Settlement.Release release = new Settlement.Release(delivery, Duration.ZERO, Cause.FAILED, headers);
        Settlement.DeadLetter dead = new Settlement.DeadLetter(delivery, "broken", headers);
        headers.clear();
        assertThat(release.headers()).containsEntry("a", "1");
        assertThat(dead.headers()).containsEntry("a", "1");
        assertThat(new Settlement.DeadLetter(delivery, "broken").headers()).isEmpty();
        assertThat(new Settlement.Release(delivery, LEASE, Cause.NOT_TRIED).headers())
                .isEmpty();
    }

    @Test
    void releaseRefusesANegativeDelay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settlement.Release(delivery, Duration.ofMillis(-1), Cause.FAILED))
                .withMessageContainingAll("PT-0.001S", "negative");
    }

    @Test
    void brokerFailuresSayWhetherTheyPass() {
        RuntimeException cause = new IllegalStateException();
        assertThat(BrokerException.passing("gone", cause).isPassing()).isTrue();
        assertThat(BrokerException.lasting("broken", null).isPassing()).isFalse();
        assertThat(BrokerException.passing("gone", cause)).hasMessage("gone").hasCause(cause);
    }

    @Test
    void refusalsCarryTheirReason() {
        assertThat(new EnqueueRefusedException(EnqueueResult.Reason.PAUSED, "paused").reason())
                .isEqualTo(EnqueueResult.Reason.PAUSED);
    }

    @Test
    void glimpseKeepsItsOwnHeaders() {
        Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
        Glimpse glimpse = new Glimpse(
                delivery.id(),
                QUEUE,
                JobState.READY,
                Payload.empty(),
                headers,
                0,
                java.util.Optional.empty(),
                java.util.Optional.empty());
        headers.clear();
        assertThat(glimpse.headers()).containsEntry("a", "1");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> glimpse.headers().clear());
    }
}
