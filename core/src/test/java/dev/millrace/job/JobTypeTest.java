// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobTypeTest {
    private final JobType<String> type = JobType.of("mail.send", "mail", Codec.text());

    @Test
    void jobOfATypeCarriesItsNameQueueAndTimeLimit() {
        Job job = type.within(Duration.ofSeconds(7)).job("to ann");
        assertThat(job.queue()).isEqualTo(new QueueName("mail"));
        assertThat(job.headers()).containsEntry(JobType.HEADER, "mail.send").hasSize(1);
        assertThat(job.timeLimit()).contains(Duration.ofSeconds(7));
        assertThat(type.codec().decode(job.payload())).isEqualTo("to ann");
    }

    @Test
    void timeLimitIsFiveMinutesUnlessSaidOtherwise() {
        assertThat(type.timeLimit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(type.within(Duration.ofNanos(1)).timeLimit()).isEqualTo(Duration.ofNanos(1));
        assertThat(type.timeLimit()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void timeLimitMustBeAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.within(Duration.ZERO))
                .withMessageContainingAll("time limit", "zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.within(Duration.ofSeconds(-3)))
                .withMessageContaining("PT-3S");
    }

    @Test
    void queueFollowsTheRulesOfQueueNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobType.of("t", " ", Codec.text()))
                .withMessageContaining("queue name");
    }
}
