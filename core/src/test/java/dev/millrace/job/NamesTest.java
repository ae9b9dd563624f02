// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that queue names, job ids, header names and the names of job types share. */
class NamesTest {
    record Kind(String what, Function<String, String> make) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Kind> kinds() {
        Codec<String> text = Codec.text();
        return Stream.of(
                new Kind("queue name", name -> new QueueName(name).value()),
                new Kind("job id", name -> new JobId(name).value()),
                new Kind(
                        "header name",
                        name -> Job.of("q", Payload.empty())
                                .withHeader(name, "v")
                                .headers()
                                .keySet()
                                .iterator()
                                .next()),
                new Kind("job type", name -> JobType.of(name, "q", text).name()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void namesFromOneTo255BytesAreKeptAsTheyAre(Kind kind) {
        for (String name :
                new String[] {"a", "a b", "Grüße/42:ok", "x".repeat(255), "ü".repeat(127), "😀".repeat(63)}) {
            assertThat(kind.make().apply(name)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void blankNamesAreRefused(Kind kind) {
        for (String name : new String[] {"", " ", "\t\n", "\u2003"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kind.make().apply(name))
                    .withMessageContainingAll(kind.what(), "blank", "1 to 255");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void overLongNamesAreRefusedWithTheirLengthInBytes(Kind kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("x".repeat(256)))
                .withMessageContainingAll(kind.what(), "\"" + "x".repeat(40) + "…\"", "256 bytes", "255");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("ü".repeat(128)))
                .withMessageContaining("256 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("€".repeat(86)))
                .withMessageContaining("258 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("😀".repeat(64)))
                .withMessageContaining("256 bytes");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void controlCharactersAndWhiteSpaceAtTheEndsAreRefused(Kind kind) {
        for (String name : new String[] {" a", "a ", "a\nb", "a\u0000", "\u007f", "a\u0085b", "\u2003a"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kind.make().apply(name))
                    .withMessageContainingAll(kind.what(), "remove it");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void halfASurrogatePairIsRefusedWithItsPlace(Kind kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("ab\ud83d"))
                .withMessageContainingAll(kind.what(), "lone surrogate", "index 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("\ude00"))
                .withMessageContaining("index 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.make().apply("\ud83d\ud83d\ude00"))
                .withMessageContaining("index 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0007"})
    void messagesShowNoControlCharacters(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueueName(name))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    }

    @Test
    void namesAreEqualIfTheirTextIs() {
        assertThat(new QueueName("a")).isEqualTo(new QueueName("a")).isNotEqualTo(new QueueName("A"));
        assertThat(new JobId("a")).isEqualTo(new JobId("a")).hasSameHashCodeAs(new JobId("a"));
        assertThat(new QueueName("a")).hasToString("a");
        assertThat(new JobId("a")).hasToString("a");
    }
}
