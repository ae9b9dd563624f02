// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Capabilities.Peek;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Codec;
import dev.millrace.job.DecodeException;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/* Jobs of a type go to its handler; what nobody can take goes to the dead letters alone, with a reason that names it. */
abstract class TypesChapter extends WorkerChapter {
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    TypesChapter(WorkerContract contract) {
        super(contract);
    }

    /** Whole numbers as text. */
    private static final class Numbers implements Codec<Integer> {
        @Override
        public Payload encode(Integer value) {
            return Payload.text(value.toString());
        }

        @Override
        public Integer decode(Payload payload) {
            try {
                return Integer.valueOf(payload.text());
            } catch (NumberFormatException e) {
                throw new DecodeException("not a number", e);
            }
        }
    }

    private JobType<Integer> numbers() {
        return JobType.of("number", queueName, new Numbers());
    }

    private JobType<String> words() {
        return JobType.of("word", queueName, Codec.text());
    }

    /** True, after proof of the refusal, if the broker has no headers to carry types. */
    private boolean hasNoTypes() {
        if (has(Feature.HEADERS)) {
            return false;
        }
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> worker().queue(queueName, 1)
                        .handle(words(), (word, job) -> {})
                        .start());
        return true;
    }

    @Test
    void eachTypeGoesToItsHandlerAndTheRestToTheQueues() {
        if (hasNoTypes()) {
            return;
        }
        start(worker().queue(queueName, 2)
                .handle(numbers(), (number, job) -> said.add("number " + (number + 1) + job.type()))
                .decide(words(), (word, job) -> {
                    said.add("word " + word);
                    return Outcome.done();
                })
                .handle(queueName, (payload, job) -> said.add("rest " + payload.text())));
        producer.enqueue(numbers().job(41));
        producer.enqueue(words().job("hello"));
        producer.enqueue(JobType.of("unknown", queueName, Codec.text()).job("who"));
        enqueue("bare");
        awaitAcks(4);
        assertThat(said).containsExactlyInAnyOrder("number 42Optional[number]", "word hello", "rest who", "rest bare");
    }

    @Test
    void unknownTypeIsADeadLetterThatNamesIt() {
        if (hasNoTypes()) {
            return;
        }
        start(worker().queue(queueName, 1).handle(words(), (word, job) -> said.add(word)));
        producer.enqueue(JobType.of("letter", queueName, Codec.text()).job("who"));
        Settlement.DeadLetter dead = awaitDead();
        assertThat(dead.reason()).contains("\"letter\"", "unknown", queueName, "word");
        enqueue("bare");
        WaitFor.until("a second dead letter", () -> dead().size() == 2);
        assertThat(dead().getLast().reason()).contains("no type", "word");
        producer.enqueue(words().job("still alive"));
        awaitAcks(1);
        assertThat(said).containsExactly("still alive");
        assertThat(events.all(Event.Started.class)).hasSize(1);
    }

    @Test
    void payloadThatCannotBeDecodedIsADeadLetterAlone() {
        if (hasNoTypes()) {
            return;
        }
        start(worker().queue(queueName, 2).handle(numbers(), (number, job) -> said.add("number " + number)));
        producer.enqueue(numbers().job(1));
        producer.enqueue(JobType.of("number", queueName, Codec.text()).job("one"));
        producer.enqueue(numbers().job(2));
        assertThat(awaitDead().reason()).contains("cannot be decoded", "\"number\"", "not a number");
        awaitAcks(2);
        assertThat(said).containsExactlyInAnyOrder("number 1", "number 2");
        assertThat(dead()).hasSize(1);
        assertThat(releases()).isEmpty();
    }

    /** True, after proof that it refuses, if the broker shows no dead letters. */
    private boolean showsCountsOnly(Inspectable inspectable) {
        if (broker.capabilities().peek() != Peek.COUNTS) {
            return false;
        }
        assertThatExceptionOfType(UnsupportedFeatureException.class).isThrownBy(() -> inspectable.dead(queue, 10));
        return true;
    }

    @Test
    void deadLetterKeepsItsReasonInTheBroker() {
        Inspectable inspectable = broker.facet(Inspectable.class).orElse(null);
        if (hasNoTypes() || inspectable == null || !has(Feature.DEAD_LETTER) || showsCountsOnly(inspectable)) {
            return;
        }
        start(worker().queue(queueName, 1).handle(words(), (word, job) -> {}));
        enqueue("bare");
        events.await(Event.Concluded.class);
        assertThat(inspectable.dead(queue, 10))
                .singleElement()
                .satisfies(glimpse -> assertThat(glimpse.headers())
                        .hasEntrySatisfying(
                                Settlement.REASON_HEADER,
                                reason -> assertThat(reason).contains("no type")));
    }

    @Test
    void textThatIsNotUtf8IsADeadLetter() {
        if (!has(Feature.DEAD_LETTER)) {
            return;
        }
        start(worker().queue(queueName, 1).handle(queueName, (payload, job) -> said.add(payload.text())));
        producer.enqueue(dev.millrace.job.Job.of(queue, Payload.of(new byte[] {(byte) 0xff})));
        assertThat(awaitDead().reason()).contains("not UTF-8");
        enqueue("fine");
        awaitAcks(1);
        assertThat(said).containsExactly("fine");
    }

    @Test
    void codecThatBreaksIsAFailedAttempt() {
        if (hasNoTypes()) {
            return;
        }
        JobType<String> broken = JobType.of("broken", queueName, new Codec<>() {
            @Override
            public Payload encode(String value) {
                return Payload.text(value);
            }

            @Override
            public String decode(Payload payload) {
                throw new StackOverflowError("too deep");
            }
        });
        start(worker().queue(queueName, 1).handle(broken, (word, job) -> said.add(word)));
        producer.enqueue(broken.job("x"));
        assertThat(awaitDead().reason()).contains("attempt 5 failed", "StackOverflowError", "too deep");
        assertThat(releases()).hasSize(4);
        assertThat(said).isEmpty();
    }
}
