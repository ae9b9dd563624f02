// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.job.Payload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static Envelope again(Envelope envelope) {
        return Envelope.open(envelope.seal());
    }

    @Test
    void payloadWithoutHeadersTravelsAsItIs() {
        Payload bare = Payload.text("soup");
        assertThat(new Envelope(Map.of(), bare).seal()).isSameAs(bare);
        assertThat(Envelope.open(bare)).isEqualTo(new Envelope(Map.of(), bare));
        assertThat(again(new Envelope(Map.of(), Payload.empty()))).isEqualTo(new Envelope(Map.of(), Payload.empty()));
    }

    @Test
    void headersTravel() {
        Envelope envelope = new Envelope(Map.of("colour", "żółć", "empty", ""), Payload.of(new byte[] {0, -1, 13, 10}));
        assertThat(again(envelope)).isEqualTo(envelope);
        Envelope empty = new Envelope(Map.of("only", "headers"), Payload.empty());
        assertThat(again(empty)).isEqualTo(empty);
    }

    @Test
    void formatIsWhatIsDrawn() {
        Payload sealed = new Envelope(Map.of("a", "bc"), Payload.text("x")).seal();
        assertThat(HexFormat.of().formatHex(sealed.bytes()))
                .isEqualTo("f54d5201" + "0001" + "00000001" + "61" + "00000002" + "6263" + "78");
    }

    @Test
    void payloadThatLooksLikeAnEnvelopeIsNotMistakenForOne() {
        Payload sealed = new Envelope(Map.of("a", "b"), Payload.text("inner")).seal();
        assertThat(again(new Envelope(Map.of(), sealed))).isEqualTo(new Envelope(Map.of(), sealed));
    }

    @Test
    void whatIsNoWholeEnvelopeIsAPayload() {
        byte[] whole =
                new Envelope(Map.of("name", "value"), Payload.empty()).seal().bytes();
        for (int length = 0; length < whole.length; length++) {
            Payload torn = Payload.of(Arrays.copyOf(whole, length));
            assertThat(Envelope.open(torn)).isEqualTo(new Envelope(Map.of(), torn));
        }
        byte[] notText = whole.clone();
        notText[10] = (byte) 0xff;
        assertThat(Envelope.open(Payload.of(notText)).payload()).isEqualTo(Payload.of(notText));
        byte[] hugeLength = whole.clone();
        hugeLength[6] = 0x7f;
        assertThat(Envelope.open(Payload.of(hugeLength)).headers()).isEmpty();
    }

    @Test
    void tooManyHeadersAreRefused() {
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 65_536).forEach(i -> many.put("h" + i, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Envelope(many, Payload.empty()).seal())
                .withMessageContaining("65536 headers");
        many.remove("h0");
        assertThat(again(new Envelope(many, Payload.empty())).headers()).hasSize(65_535);
    }

    @Test
    void badHeaderIsRefusedByItsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Envelope(Map.of(" x", ""), Payload.empty()).seal())
                .withMessageContaining("header name \" x\"");
    }
}
