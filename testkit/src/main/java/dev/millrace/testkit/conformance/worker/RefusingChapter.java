// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Support;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Codec;
import dev.millrace.job.JobType;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/* What is wrong from the start is refused at the start, with words that say what would be right. */
abstract class RefusingChapter extends WorkerChapter {
    RefusingChapter(WorkerContract contract) {
        super(contract);
    }

    private Worker.Builder plain() {
        return worker().retry(AT_ONCE).queue(queueName, 1).handle(queueName, (payload, job) -> {});
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContainingAll(words);
    }

    private void unsupported(Worker.Builder builder, String feature, String... words) {
        int before = broker.opened.get();
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(builder::start)
                .withMessageContainingAll(words)
                .satisfies(e -> assertThat(e.feature()).isEqualTo(feature))
                .satisfies(e -> assertThat(e.broker()).isEqualTo(broker.name()));
        assertThat(broker.opened).hasValue(before);
    }

    private void pretend(Feature... features) {
        Capabilities.Builder builder = Capabilities.builder();
        for (Feature feature : features) {
            builder.feature(feature, Support.nativeSupport());
        }
        broker.pretended = builder.build();
    }

    @Test
    void queuesAndHandlersBelongTogether() {
        String other = harness.freshQueue().value();
        refused(() -> worker().start(), "no queue");
        refused(() -> worker().queue(queueName, 1).start(), queueName, "no handler", "handle(\"" + queueName);
        refused(() -> plain().handle(other, (payload, job) -> {}).start(), other, "queue(\"" + other);
        refused(
                () -> plain().handle(JobType.of("mail.send", other, Codec.text()), (mail, job) -> {})
                        .start(),
                other,
                "mail.send");
    }

    @Test
    void everythingIsGivenOnce() {
        JobType<String> type = JobType.of("mail.send", queueName, Codec.text());
        refused(() -> plain().queue(queueName, 2), queueName, "twice");
        refused(() -> plain().handle(queueName, (payload, job) -> {}), queueName, "two handlers");
        refused(
                () -> plain().handle(type, (mail, job) -> {}).handle(type, (mail, job) -> {}),
                "mail.send",
                "two handlers");
    }

    @Test
    void argumentsOutOfRangeAreRefusedWithTheirValue() {
        refused(() -> worker().queue(queueName, 0), "concurrency 0", queueName);
        refused(() -> worker().queue(queueName, 100_001), "100001", "100000");
        refused(() -> worker().queue(" ", 1), "queue name");
        refused(() -> worker().timeLimit(Duration.ZERO), "time limit", "PT0S");
        refused(() -> worker().timeLimit(Duration.ofSeconds(-1)), "PT-1S");
        refused(() -> worker().timeLimit(Duration.ofSeconds(Long.MAX_VALUE)), "36500 days");
        refused(() -> worker().lease(Duration.ofMillis(99)), "lease", "PT0.099S", "PT0.1S");
        refused(() -> worker().name(" "), "name");
    }

    @Test
    void policyThatWaitsNeedsDelayedRetries() {
        pretend(Feature.DEAD_LETTER, Feature.HEADERS);
        for (RetryPolicy policy : new RetryPolicy[] {
            RetryPolicy.standard(),
            RetryPolicy.fixed(Duration.ofMillis(1)),
            RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofHours(1)).upTo(2),
            failure -> Optional.empty()
        }) {
            unsupported(plain().retry(policy), "DELAYED_RETRY", "retry policy", "Duration.ZERO");
        }
        start(plain().retry(RetryPolicy.never())).close();
        start(plain().retry(AT_ONCE)).close();
        start(plain().retry(RetryPolicy.standard().upTo(1))).close();
    }

    @Test
    void policyThatGivesUpNeedsDeadLetters() {
        pretend(Feature.DELAYED_RETRY);
        unsupported(plain(), "DEAD_LETTER", "retry policy", "never give up");
        start(plain().retry(RetryPolicy.fixed(Duration.ofSeconds(1)))).close();
        start(plain().retry(RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofSeconds(2))))
                .close();
    }

    @Test
    void typesNeedHeadersAndDeadLetters() {
        JobType<String> type = JobType.of("mail.send", queueName, Codec.text());
        pretend(Feature.DEAD_LETTER, Feature.DELAYED_RETRY);
        unsupported(worker().queue(queueName, 1).handle(type, (mail, job) -> {}), "HEADERS", "\"mail.send\"");
        pretend(Feature.HEADERS, Feature.DELAYED_RETRY);
        unsupported(
                worker().retry(RetryPolicy.fixed(Duration.ZERO))
                        .queue(queueName, 1)
                        .handle(type, (mail, job) -> {}),
                "DEAD_LETTER",
                queueName,
                "decoded");
    }

    @Test
    void lastAttemptNeedsACount() {
        broker.pretended = Capabilities.builder()
                .attempts(AttemptCount.NONE)
                .feature(Feature.DEAD_LETTER, Support.nativeSupport())
                .build();
        unsupported(plain(), "counting attempts", "last attempt");
        start(plain().retry(RetryPolicy.never())).close();
    }

    @Test
    void oneBuilderStartsSeveralWorkers() {
        Worker.Builder builder = worker().queue(queueName, 1).handle(queueName, (payload, job) -> {});
        Worker first = start(builder);
        Worker second = start(builder);
        first.close();
        enqueue("x");
        awaitAcks(1);
        second.close();
    }
}
