// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.BrokerOption;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is handed over arrives, whole, once, and nowhere else. */
abstract class SendingChapter extends Chapter {
    private record ForeignOption() implements BrokerOption {
        @Override
        public String broker() {
            return "nowhere";
        }
    }

    SendingChapter(BrokerContract contract) {
        super(contract);
    }

    @Test
    void jobArrivesWithItsIdQueueAndPayload() {
        JobId id = stored(job("soup"));
        Delivery delivery = take(receiver());
        assertThat(delivery.id()).isEqualTo(id);
        assertThat(delivery.queue()).isEqualTo(queue);
        assertThat(delivery.payload()).isEqualTo(Payload.text("soup"));
        assertThat(delivery.headers()).isEmpty();
    }

    @Test
    void eachJobOfABatchIsAnsweredInOrder() {
        List<Job> jobs = jobs(300);
        List<JobId> ids = stored(jobs);
        assertThat(ids).doesNotHaveDuplicates();
        List<Delivery> taken = take(receiver(), 300);
        for (Delivery delivery : taken) {
            Job sent = jobs.get(ids.indexOf(delivery.id()));
            assertThat(delivery.payload()).isEqualTo(sent.payload());
        }
    }

    @Test
    void nothingIsAnsweredWithNothing() {
        assertThat(broker.send(List.of())).isEmpty();
    }

    @Test
    void sameJobSentTwiceIsTwoJobs() {
        Job job = job("twin");
        assertThat(stored(List.of(job, job))).doesNotHaveDuplicates();
        take(receiver(), 2);
    }

    @Test
    void oneBatchFeedsManyQueues() {
        QueueName other = harness.freshQueue();
        broker.send(List.of(job("here"), Job.of(other, Payload.text("there")), job("here too")));
        assertThat(texts(take(receiver(), 2))).containsExactlyInAnyOrder("here", "here too");
        Delivery there = take(receiver(Subscription.to(other.value(), 10, unit)));
        assertThat(there.queue()).isEqualTo(other);
    }

    @Test
    void emptyPayloadTravels() {
        stored(Job.of(queue, Payload.empty()));
        assertThat(take(receiver()).payload().size()).isZero();
    }

    @Test
    void everyByteTravels() {
        byte[] bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        stored(Job.of(queue, Payload.of(bytes)));
        assertThat(take(receiver()).payload().bytes()).isEqualTo(bytes);
    }

    @Test
    void largestPayloadTravelsAndALargerOneIsRefusedAlone() {
        OptionalInt largest = harness.largestPayload();
        if (largest.isEmpty()) {
            stored(Job.of(queue, Payload.of(new byte[1 << 20])));
            assertThat(take(receiver()).payload().size()).isEqualTo(1 << 20);
            return;
        }
        Job fits = Job.of(queue, Payload.of(new byte[largest.getAsInt()]));
        Job doesNot = Job.of(queue, Payload.of(new byte[largest.getAsInt() + 1]));
        List<EnqueueResult> answers = broker.send(List.of(job("before"), doesNot, fits));
        assertThat(answers.get(0)).isInstanceOf(Stored.class);
        assertThat(answers.get(1)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(refused.detail().replaceAll("[^0-9]", "")).contains("" + largest.getAsInt());
        });
        assertThat(answers.get(2)).isInstanceOf(Stored.class);
        Receiver receiver = receiver();
        assertThat(take(receiver, 2).stream().map(d -> d.payload().size()))
                .containsExactlyInAnyOrder(6, largest.getAsInt());
        nothing(receiver);
    }

    @Test
    @Proves(Promise.HEADERS)
    void headersTravel() {
        Job job = job("soup").withHeader("colour", "red").withHeader("trace", "00-ab-01");
        if (refuses(Feature.HEADERS, job)) {
            return;
        }
        stored(job);
        assertThat(take(receiver()).headers()).isEqualTo(Map.of("colour", "red", "trace", "00-ab-01"));
    }

    @Test
    void headersMayBeEmptyLongAndOfAnyScript() {
        Job job = job("soup")
                .withHeader("empty", "")
                .withHeader("длинный", "ж🐞\n\t\"'\\%".repeat(500))
                .withHeader("n".repeat(Job.MAX_HEADER_NAME_BYTES), "x");
        if (refuses(Feature.HEADERS, job)) {
            return;
        }
        stored(job);
        assertThat(take(receiver()).headers()).isEqualTo(job.headers());
    }

    @Test
    void namesMayBeLongAndOfAnyScript() {
        for (String name : List.of("a", "q".repeat(QueueName.MAX_BYTES), "очередь 🐞 %2F/..\\;'\"", "a?b&c#d:e@f")) {
            String unused = name.length() == QueueName.MAX_BYTES
                    ? UUID.randomUUID() + name.substring(36)
                    : UUID.randomUUID() + " " + name;
            broker.send(List.of(Job.of(unused, Payload.text(name))));
            Delivery delivery = take(receiver(Subscription.to(unused, 1, unit)));
            assertThat(delivery.queue().value()).isEqualTo(unused);
            assertThat(delivery.payload().text()).isEqualTo(name);
        }
    }

    @Test
    void upperAndLowerCaseAreDifferentQueues() {
        String name = "case-" + queue.value();
        broker.send(List.of(Job.of(name, Payload.text("lower"))));
        nothing(receiver(Subscription.to(name.toUpperCase(Locale.ROOT), 1, unit)));
    }

    @Test
    void timeLimitIsTakenByEveryBroker() {
        stored(job("quick").withTimeLimit(Duration.ofMinutes(2)));
        assertThat(take(receiver()).payload().text()).isEqualTo("quick");
    }

    @Test
    void optionOfAnotherBrokerIsRefusedAndNothingIsSent() {
        Object before = harness.trace(broker);
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(
                        () -> broker.send(List.of(job("bystander"), job("odd").with(new ForeignOption()))))
                .withMessageContaining(broker.name());
        assertThat(harness.trace(broker)).isEqualTo(before);
        nothing(receiver());
    }

    @Test
    void enqueuedAtIsTheMomentOfSendingWhereTheBrokerKeepsIt() {
        stored(job("old"));
        pass(unit);
        stored(job("new"));
        Receiver receiver = receiver();
        List<Delivery> taken = take(receiver, 2);
        taken.forEach(delivery -> release(receiver, delivery, Cause.FAILED));
        for (Delivery again : take(receiver, 2)) {
            Delivery first = taken.stream()
                    .filter(d -> d.id().equals(again.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(again.enqueuedAt()).isEqualTo(first.enqueuedAt());
        }
        Delivery older = taken.stream()
                .filter(d -> d.payload().text().equals("old"))
                .findFirst()
                .orElseThrow();
        Delivery newer = taken.stream()
                .filter(d -> d.payload().text().equals("new"))
                .findFirst()
                .orElseThrow();
        assertThat(older.enqueuedAt().isPresent()).isEqualTo(newer.enqueuedAt().isPresent());
        if (older.enqueuedAt().isPresent()) {
            assertThat(Duration.between(
                            older.enqueuedAt().orElseThrow(), newer.enqueuedAt().orElseThrow()))
                    .isBetween(
                            unit.minus(timing.tick()),
                            unit.plus(timing.patience()).plus(timing.tick()));
        }
    }
}
