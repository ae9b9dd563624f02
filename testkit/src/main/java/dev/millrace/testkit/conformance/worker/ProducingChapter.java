// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueRefusedException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.producer.EnqueueObserver;
import dev.millrace.producer.Producer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class ProducingChapter extends WorkerChapter {
    ProducingChapter(WorkerContract contract) {
        super(contract);
    }

    private static final class Log implements EnqueueObserver {
        private final List<String> words = new ArrayList<>();

        @Override
        public void sending(List<Job> jobs) {
            words.add("sending " + jobs.size());
        }

        @Override
        public void sent(List<Job> jobs, List<EnqueueResult> answers) {
            words.add("sent " + answers.size());
        }

        @Override
        public void failed(List<Job> jobs, Throwable error) {
            words.add("failed " + error.getMessage());
        }
    }

    private static final class Rude implements EnqueueObserver {
        @Override
        public void sending(List<Job> jobs) {
            throw new IllegalStateException("rude before");
        }

        @Override
        public void sent(List<Job> jobs, List<EnqueueResult> answers) {
            throw new AssertionError("rude after");
        }
    }

    @Test
    void enqueuedJobsHaveIdsOfTheirOwn() {
        assertThat(enqueue("one")).isNotEqualTo(enqueue("two"));
    }

    @Test
    void manyJobsAreAnsweredInOrder() {
        List<EnqueueResult> answers = producer.offer(List.of(job("one"), job("two"), job("three")));
        assertThat(answers).hasSize(3).hasOnlyElementsOfType(EnqueueResult.Stored.class);
        assertThat(producer.offer(List.of())).isEmpty();
    }

    @Test
    void secondJobWithAChosenIdIsAnsweredWithTheFirst() {
        if (!has(Feature.CHOSEN_ID)) {
            assertThatExceptionOfType(UnsupportedFeatureException.class)
                    .isThrownBy(() -> Producer.to(broker, Feature.CHOSEN_ID));
            return;
        }
        Producer choosing = Producer.to(broker, Feature.CHOSEN_ID);
        JobId id = new JobId("order-7");
        assertThat(choosing.enqueue(job("one").withId("order-7"))).isEqualTo(id);
        assertThat(choosing.enqueue(job("two").withId("order-7"))).isEqualTo(id);
        assertThat(choosing.offer(List.of(job("three").withId("order-7"))))
                .containsExactly(new EnqueueResult.Duplicate(id));
    }

    @Test
    void refusedJobIsAnExceptionForOneAndAnAnswerForMany() {
        Administrable administrable = broker.facet(Administrable.class).orElse(null);
        if (administrable == null) {
            return;
        }
        try {
            administrable.pause(queue, Pause.IN);
        } catch (UnsupportedFeatureException e) {
            return;
        }
        assertThatExceptionOfType(EnqueueRefusedException.class)
                .isThrownBy(() -> enqueue("no"))
                .withMessageContainingAll(broker.name(), queueName, "PAUSED")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(EnqueueResult.Reason.PAUSED));
        assertThat(producer.offer(List.of(job("no"))).getFirst()).isInstanceOf(EnqueueResult.Refused.class);
    }

    @Test
    void whatTheBrokerCannotDoIsRefusedAtOnceByName() {
        broker.pretended = Capabilities.builder().build();
        for (Feature feature : Feature.values()) {
            assertThatExceptionOfType(UnsupportedFeatureException.class)
                    .isThrownBy(() -> Producer.to(broker, feature))
                    .withMessageContainingAll(broker.name(), feature.name(), "Producer.to");
        }
        assertThat(Producer.to(broker)).isNotNull();
    }

    @Test
    void observersAreToldBeforeAndAfter() {
        Log first = new Log();
        Log second = new Log();
        producer.observedBy(first).observedBy(second).offer(List.of(job("one"), job("two")));
        assertThat(first.words).containsExactly("sending 2", "sent 2");
        assertThat(second.words).isEqualTo(first.words);
    }

    @Test
    void observersThatThrowChangeNothing() {
        Log log = new Log();
        JobId id = producer.observedBy(new Rude()).observedBy(log).enqueue(job("one"));
        assertThat(id).isNotNull();
        assertThat(log.words).containsExactly("sending 1", "sent 1");
    }

    @Test
    void failingBrokerIsToldToObserverAndCaller() {
        Log log = new Log();
        Producer failing = Producer.to(new Gone(broker)).observedBy(log);
        assertThatExceptionOfType(BrokerException.class).isThrownBy(() -> failing.enqueue(job("one")));
        assertThat(log.words).containsExactly("sending 1", "failed gone");
    }

    private record Gone(Broker real) implements Broker {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public Capabilities capabilities() {
            return real.capabilities();
        }

        @Override
        public List<EnqueueResult> send(List<Job> jobs) {
            throw BrokerException.passing("gone", null);
        }

        @Override
        public Receiver receiver(Subscription wanted) {
            return real.receiver(wanted);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
