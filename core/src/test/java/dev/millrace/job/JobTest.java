// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Job job = Job.of("mail", Payload.text("hello"));

    record Colour(String name) implements BrokerOption {
        @Override
        public String broker() {
            return "painted";
        }
    }

    record Size(int number) implements BrokerOption {
        @Override
        public String broker() {
            return "sized";
        }
    }

    @Test
    void plainJobAsksForNothing() {
        assertThat(job.queue()).isEqualTo(new QueueName("mail"));
        assertThat(job.payload().text()).isEqualTo("hello");
        assertThat(job.headers()).isEmpty();
        assertThat(job.id()).isEmpty();
        assertThat(job.delay()).isZero();
        assertThat(job.expiry()).isEmpty();
        assertThat(job.timeLimit()).isEmpty();
        assertThat(job.front()).isFalse();
        assertThat(job.priority()).isEqualTo(Job.DEFAULT_PRIORITY);
        assertThat(job.options()).isEmpty();
    }

    @Test
    void everyWishIsKeptBesideTheOthers() {
        Job all = job.after(Duration.ofSeconds(5))
                .expiringAfter(Duration.ofHours(1))
                .withId("order-7")
                .atFront()
                .withPriority(9)
                .withHeader("a", "1")
                .withTimeLimit(Duration.ofSeconds(30))
                .with(new Size(3));
        assertThat(all.delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(all.expiry()).contains(Duration.ofHours(1));
        assertThat(all.id()).contains(new JobId("order-7"));
        assertThat(all.front()).isTrue();
        assertThat(all.priority()).isEqualTo(9);
        assertThat(all.headers()).containsEntry("a", "1");
        assertThat(all.timeLimit()).contains(Duration.ofSeconds(30));
        assertThat(all.options()).containsExactly(new Size(3));
        assertThat(all.payload()).isEqualTo(job.payload());
    }

    @Test
    void changedJobLeavesTheOldOneAsItWas() {
        Job changed = job.withPriority(1).withHeader("a", "1").with(new Size(1));
        assertThat(job.headers()).isEmpty();
        assertThat(job.priority()).isEqualTo(Job.DEFAULT_PRIORITY);
        assertThat(job.options()).isEmpty();
        changed.withHeader("a", "2").withPriority(2);
        assertThat(changed.headers()).containsEntry("a", "1");
        assertThat(changed.priority()).isEqualTo(1);
    }

    @Test
    void negativeDelayIsRefusedAndZeroIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.after(Duration.ofMillis(-1)))
                .withMessageContainingAll("delay", "PT-0.001S", "36500 days");
        assertThat(job.after(Duration.ZERO).delay()).isZero();
    }

    @Test
    void expiryAndTimeLimitMustBeAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.expiringAfter(Duration.ZERO))
                .withMessageContainingAll("expiry", "zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.expiringAfter(Duration.ofSeconds(-1)))
                .withMessageContainingAll("expiry", "PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.withTimeLimit(Duration.ZERO))
                .withMessageContainingAll("time limit", "zero");
        assertThat(job.expiringAfter(Duration.ofNanos(1)).expiry()).isPresent();
    }

    @Test
    void lengthsOfTimeBeyondACenturyAreRefused() {
        Duration tooLong = LONGEST.plusNanos(1);
        assertThat(job.after(LONGEST).delay()).isEqualTo(LONGEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.after(tooLong))
                .withMessageContaining("36500 days");
        assertThatIllegalArgumentException().isThrownBy(() -> job.expiringAfter(tooLong));
        assertThatIllegalArgumentException().isThrownBy(() -> job.withTimeLimit(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 10, Integer.MAX_VALUE})
    void prioritiesOutOfRangeAreRefused(int priority) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.withPriority(priority))
                .withMessageContainingAll("priority " + priority, "0", "9");
    }

    @Test
    void prioritiesReachFromZeroToNine() {
        assertThat(job.withPriority(Job.LOWEST_PRIORITY).priority()).isZero();
        assertThat(job.withPriority(Job.HIGHEST_PRIORITY).priority()).isEqualTo(9);
    }

    @Test
    void secondValueOfAHeaderReplacesTheFirstAndOrderIsKept() {
        Job more = job.withHeader("b", "1").withHeader("a", "2").withHeader("b", "3");
        assertThat(more.headers()).containsExactly(java.util.Map.entry("b", "3"), java.util.Map.entry("a", "2"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> more.headers().put("c", "4"));
    }

    @Test
    void headerValueMayBeEmptyButNotBrokenUnicode() {
        assertThat(job.withHeader("a", "").headers()).containsEntry("a", "");
        assertThat(job.withHeader("a", "line\nline\u0000").headers()).containsEntry("a", "line\nline\u0000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.withHeader("a", "x\udc00"))
                .withMessageContainingAll("header a", "index 1");
    }

    @Test
    void secondOptionOfAClassReplacesTheFirst() {
        Job optioned = job.with(new Size(1)).with(new Colour("red")).with(new Size(2));
        assertThat(optioned.options()).containsExactly(new Colour("red"), new Size(2));
    }

    @Test
    void textShowsQueueIdAndSizeAndNeverTheContent() {
        assertThat(job).hasToString("Job[mail, 5 bytes]");
        assertThat(job.withId("x").withHeader("secret", "s")).hasToString("Job[mail, x, 5 bytes]");
    }
}
