// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    void bytesAreCopiedInAndOut() {
        byte[] bytes = {1, 2, 3};
        Payload payload = Payload.of(bytes);
        bytes[0] = 9;
        payload.bytes()[1] = 9;
        assertThat(payload.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void wrappedArrayIsNotCopied() {
        byte[] bytes = {1};
        Payload payload = Payload.wrap(bytes);
        bytes[0] = 2;
        assertThat(payload.bytes()).containsExactly(2);
    }

    @Test
    void bufferIsReadOnlyAndEachItsOwn() {
        Payload payload = Payload.of(new byte[] {1, 2});
        payload.buffer().get();
        assertThat(payload.buffer().remaining()).isEqualTo(2);
        assertThat(payload.buffer().isReadOnly()).isTrue();
    }

    @Test
    void contentIsCopiedIntoAnArray() {
        byte[] target = new byte[4];
        Payload.of(new byte[] {1, 2}).copyTo(target, 1);
        assertThat(target).containsExactly(0, 1, 2, 0);
    }

    @Test
    void textTravelsAsUtf8() {
        Payload payload = Payload.text("Grüße 😀");
        assertThat(payload.size()).isEqualTo(12);
        assertThat(payload.text()).isEqualTo("Grüße 😀");
    }

    @Test
    void textWithHalfASurrogatePairIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payload.text("a\ud800b"))
                .withMessageContainingAll("payload text", "index 1");
    }

    @Test
    void bytesThatAreNotUtf8AreNoText() {
        for (byte[] broken : new byte[][] {{(byte) 0xff}, {(byte) 0xc3}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}}) {
            Payload payload = Payload.of(broken);
            assertThatExceptionOfType(DecodeException.class)
                    .isThrownBy(payload::text)
                    .withMessageContaining("payload of " + broken.length + " bytes is not UTF-8");
        }
    }

    @Test
    void emptyPayloadHasNoBytesAndNoText() {
        assertThat(Payload.empty().size()).isZero();
        assertThat(Payload.empty().text()).isEmpty();
        assertThat(Payload.of(new byte[0])).isEqualTo(Payload.empty());
    }

    @Test
    void payloadsAreEqualIfTheirBytesAre() {
        assertThat(Payload.text("a")).isEqualTo(Payload.of(new byte[] {97})).hasSameHashCodeAs(Payload.text("a"));
        assertThat(Payload.text("a")).isNotEqualTo(Payload.text("b")).isNotEqualTo("a");
    }

    @Test
    void textOfThePayloadItselfNeverShowsTheContent() {
        assertThat(Payload.text("secret")).hasToString("Payload[6 bytes]");
    }
}
