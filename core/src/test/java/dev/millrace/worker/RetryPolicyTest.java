// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static Failure failure(int attempt) {
        return failure("job-1", attempt);
    }

    private static Failure failure(String id, int attempt) {
        return new Failure(
                new JobId(id), new QueueName("q"), Optional.empty(), attempt, new IllegalStateException("no luck"));
    }

    @Test
    void exponentialDelayDoublesUpToTheLongestWithinAFifth() {
        RetryPolicy policy = RetryPolicy.exponential(SECOND, HOUR);
        for (int attempt = 1; attempt <= 70; attempt++) {
            long expected = (long) Math.min(3_600_000, 1_000 * Math.pow(2, attempt - 1));
            long millis = policy.delayAfter(failure(attempt)).orElseThrow().toMillis();
            assertThat(millis).as("attempt %d", attempt).isBetween(expected * 8 / 10, expected * 12 / 10 + 1);
        }
    }

    @Test
    void exponentialDelayBearsAnyNumberOfAttempts() {
        RetryPolicy policy = RetryPolicy.exponential(Duration.ofDays(3_649), Duration.ofDays(3_650));
        for (int attempt : new int[] {Integer.MIN_VALUE, 0, 1, 31, 32, 63, 64, 65, Integer.MAX_VALUE}) {
            assertThat(policy.delayAfter(failure(attempt)).orElseThrow())
                    .isBetween(Duration.ofDays(2_900), Duration.ofDays(4_400));
        }
    }

    @Test
    void jobsThatFailTogetherComeBackApart() {
        RetryPolicy policy = RetryPolicy.exponential(SECOND, HOUR);
        Set<Long> delays = new HashSet<>();
        long sum = 0;
        for (int i = 0; i < 1_000; i++) {
            long millis =
                    policy.delayAfter(failure("7f3a-" + i, 1)).orElseThrow().toMillis();
            delays.add(millis);
            sum += millis;
        }
        assertThat(delays).hasSizeGreaterThan(300);
        assertThat(sum / 1_000).isBetween(980L, 1_020L);
    }

    @Test
    void sameFailureAlwaysGetsTheSameDelay() {
        RetryPolicy policy = RetryPolicy.exponential(SECOND, HOUR);
        assertThat(policy.delayAfter(failure(3))).isEqualTo(policy.delayAfter(failure(3)));
    }

    @Test
    void exponentialRefusesSenselessDelays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(Duration.ZERO, HOUR))
                .withMessageContainingAll("first retry delay", "PT0S", "1 ms");
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.exponential(Duration.ofNanos(999_999), HOUR));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(HOUR, SECOND))
                .withMessageContainingAll("longest retry delay", "PT1S", "PT1H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(HOUR, Duration.ofSeconds(Long.MAX_VALUE)))
                .withMessageContaining("3650 days");
    }

    @Test
    void fixedDelayNeverChangesAndNeverGivesUp() {
        assertThat(RetryPolicy.fixed(SECOND).delayAfter(failure(1))).contains(SECOND);
        assertThat(RetryPolicy.fixed(SECOND).delayAfter(failure(1_000_000))).contains(SECOND);
        assertThat(RetryPolicy.fixed(Duration.ZERO).delayAfter(failure(1))).contains(Duration.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.fixed(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void neverGivesUpAfterTheFirstFailure() {
        assertThat(RetryPolicy.never().delayAfter(failure(1))).isEmpty();
    }

    @Test
    void lastAttemptIsTheLast() {
        RetryPolicy policy = RetryPolicy.fixed(SECOND).upTo(3);
        assertThat(policy.delayAfter(failure(2))).contains(SECOND);
        assertThat(policy.delayAfter(failure(3))).isEmpty();
        assertThat(policy.delayAfter(failure(4))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.upTo(0))
                .withMessageContainingAll("attempts 0", "1 or more");
    }

    @Test
    void smallerOfTwoLastAttemptsCounts() {
        assertThat(RetryPolicy.fixed(SECOND).upTo(3).upTo(9).delayAfter(failure(3)))
                .isEmpty();
        assertThat(RetryPolicy.fixed(SECOND).upTo(9).upTo(3).delayAfter(failure(3)))
                .isEmpty();
    }

    @Test
    void ownPolicyCanLookAtTheError() {
        RetryPolicy policy = failed ->
                failed.error() instanceof IllegalStateException ? Optional.empty() : Optional.of(Duration.ZERO);
        assertThat(policy.upTo(5).delayAfter(failure(1))).isEmpty();
    }

    @Test
    void standardPolicyTriesTwentyFiveTimes() {
        RetryPolicy policy = RetryPolicy.standard();
        Duration all = Duration.ZERO;
        for (int attempt = 1; attempt < 25; attempt++) {
            all = all.plus(policy.delayAfter(failure(attempt)).orElseThrow());
        }
        assertThat(policy.delayAfter(failure(25))).isEmpty();
        assertThat(all).isBetween(Duration.ofHours(11), Duration.ofHours(16));
    }
}
