// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @Test
    void errorReadsAsItsClassAndMessage() {
        assertThat(Texts.of(new IOException("disk full"))).isEqualTo("java.io.IOException: disk full");
        assertThat(Texts.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void ownWordsAreNotPrefixed() {
        assertThat(Texts.of(new TimeoutException("time limit of 30s exceeded")))
                .isEqualTo("time limit of 30s exceeded");
        assertThat(Texts.of(new RetryAsked("bank is closed"))).isEqualTo("bank is closed");
    }

    @Test
    void errorThatCannotBeReadIsNamedByItsClass() {
        assertThat(Texts.of(new Unreadable())).isEqualTo(Unreadable.class.getName());
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even that");
        }
    }

    @Test
    void longTextIsCutAndNeverInsideACharacter() {
        assertThat(Texts.clean("x".repeat(1_000))).hasSize(1_000);
        assertThat(Texts.clean("x".repeat(1_001))).hasSize(1_000);
        assertThat(Texts.clean("x".repeat(999) + "😀")).isEqualTo("x".repeat(999));
        assertThat(Texts.clean("x".repeat(998) + "😀y")).isEqualTo("x".repeat(998) + "😀");
    }

    @Test
    void whatNotEveryBrokerCarriesIsReplaced() {
        assertThat(Texts.clean("a\u0000b")).isEqualTo("a?b");
        assertThat(Texts.clean("a\ud800b\udc00")).isEqualTo("a?b?");
        assertThat(Texts.clean("line\nline\t😀")).isEqualTo("line\nline\t😀");
        assertThat(Texts.clean("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT30S, 30s", "PT1M30S, 1m 30s", "PT0.05S, 0.05s", "PT2H, 2h", "PT49H0.5S, 49h 0.5s", "PT0S, 0s"})
    void lengthsOfTimeReadAsPeopleWriteThem(Duration length, String text) {
        assertThat(Texts.of(length)).isEqualTo(text);
    }
}
