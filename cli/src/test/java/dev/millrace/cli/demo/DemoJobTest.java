// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.job.DecodeException;
import dev.millrace.job.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoJobTest {
    @Test
    void aJobSurvivesItsTravel() {
        DemoJob file = new DemoJob(17, Fate.FAILS_ONCE, 3, Payload.empty());
        DemoJob made = new DemoJob(18, Fate.SUCCEEDS, DemoJob.NO_FILE, Payload.text("two\nlines\n"));
        assertThat(DemoJob.CODEC.decode(DemoJob.CODEC.encode(file))).isEqualTo(file);
        assertThat(DemoJob.CODEC.decode(DemoJob.CODEC.encode(made))).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1 SUCCEEDS\n", "x SUCCEEDS 1\n", "1 MAYBE 1\n", "1 SUCCEEDS 1"})
    void whatIsNoJobIsSaidToBeNone(String text) {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> DemoJob.CODEC.decode(Payload.text(text)))
                .withMessage("this is no job of the demonstration");
    }

    @Test
    void theDigestIsThatOfOtherPrograms() {
        assertThat(Digest.of("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(new Digest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 11));
        assertThat(Digest.of(new byte[0]).compressed()).isEqualTo(8);
        assertThat(Digest.of(new byte[1_000_000]).compressed()).isLessThan(2_000);
    }
}
