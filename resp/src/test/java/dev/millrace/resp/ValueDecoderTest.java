// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.resp.RespValue.Array;
import dev.millrace.resp.RespValue.Bulk;
import dev.millrace.resp.RespValue.ErrorReply;
import dev.millrace.resp.RespValue.Int;
import dev.millrace.resp.RespValue.SimpleString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueDecoderTest {
    private static final ValueLimits SMALL = new ValueLimits(20, 100, 3, 2);

    private static List<RespValue> decoded(ValueLimits limits, List<ByteBuffer> pieces) throws ProtocolException {
        ValueDecoder decoder = new ValueDecoder(limits);
        List<RespValue> found = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            decoder.decode(piece, found::add);
            assertThat(piece.remaining()).isZero();
        }
        return found;
    }

    private static List<RespValue> of(String sent) throws ProtocolException {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        List<RespValue> whole = decoded(ValueLimits.DEFAULT, Cuts.whole(bytes));
        assertThat(decoded(ValueLimits.DEFAULT, Cuts.everyByte(bytes))).isEqualTo(whole);
        return whole;
    }

    private static void refused(ValueLimits limits, String sent, String message) {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        for (List<ByteBuffer> pieces : List.of(Cuts.whole(bytes), Cuts.everyByte(bytes))) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> decoded(limits, pieces))
                    .withMessageContaining(message);
        }
    }

    @Provide
    Arbitrary<RespValue> values() {
        return values(3);
    }

    private static Arbitrary<RespValue> values(int depth) {
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange((char) 0, (char) 255).excludeChars('\r', '\n');
        Arbitrary<RespValue> flat = Arbitraries.oneOf(
                text.map(SimpleString::new),
                text.map(ErrorReply::new),
                Arbitraries.longs().map(Int::new),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Bulk::of),
                Arbitraries.of(Bulk.NULL, Array.NULL));
        return depth == 0
                ? flat
                : Arbitraries.oneOf(flat, values(depth - 1).list().ofMaxSize(4).map(Array::new));
    }

    private static void write(ReplyWriter writer, RespValue value) {
        switch (value) {
            case SimpleString line -> writer.simpleString(line.text());
            case ErrorReply line -> writer.error(line.text());
            case Int number -> writer.integer(number.value());
            case Bulk bulk -> {
                byte[] bytes = bulk.bytes();
                if (bytes == null) {
                    writer.nullBulk();
                } else {
                    writer.bulk(bytes);
                }
            }
            case Array array -> {
                List<RespValue> elements = array.elements();
                if (elements == null) {
                    writer.nullArray();
                } else {
                    writer.arrayHeader(elements.size());
                    elements.forEach(element -> write(writer, element));
                }
            }
        }
    }

    @Property
    void valuesComeOutAsTheyWereWritten(
            @ForAll("values") RespValue one, @ForAll("values") RespValue two, @ForAll long seed)
            throws ProtocolException {
        ReplyWriter writer = new ReplyWriter(0);
        write(writer, one);
        write(writer, two);
        byte[] sent = writer.toByteArray();
        assertThat(decoded(ValueLimits.DEFAULT, Cuts.whole(sent))).containsExactly(one, two);
        assertThat(decoded(ValueLimits.DEFAULT, Cuts.everyByte(sent))).containsExactly(one, two);
        assertThat(decoded(ValueLimits.DEFAULT, Cuts.atRandom(sent, new Random(seed), 30)))
                .containsExactly(one, two);
    }

    @Property
    void whatIsNoValueIsRefusedAndNothingElseHappens(@ForAll byte[] sent, @ForAll long seed) {
        try {
            decoded(SMALL, Cuts.atRandom(sent, new Random(seed), 10));
        } catch (ProtocolException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    @Test
    void everyKindOfValueIsRead() throws Exception {
        assertThat(of("+PONG\r\n-ERR no\r\n:-5\r\n:-9223372036854775808\r\n"))
                .containsExactly(
                        new SimpleString("PONG"), new ErrorReply("ERR no"), new Int(-5), new Int(Long.MIN_VALUE));
        assertThat(of("$3\r\na\r\n\r\n$0\r\n\r\n$-1\r\n")).containsExactly(Bulk.of("a\r\n"), Bulk.of(""), Bulk.NULL);
        assertThat(of("*-1\r\n*0\r\n*2\r\n*1\r\n:1\r\n+x\r\n+\r\n"))
                .containsExactly(
                        Array.NULL,
                        Array.of(),
                        Array.of(Array.of(new Int(1)), new SimpleString("x")),
                        new SimpleString(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+PON", "+PONG\r", "$3\r\nab", "$3\r\nabc\r", "*2\r\n:1\r\n", "*1\r\n*1\r\n"})
    void whatHasNotComeToItsEndWaits(String sent) throws Exception {
        assertThat(of(":1\r\n" + sent)).containsExactly(new Int(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PING~|begins with \"P\"",
                "~|empty line",
                "%1~|begins with \"%\"",
                "+a^|without a carriage return",
                ":~|a number that is none: \"\"",
                ":x~|a number that is none: \"x\"",
                ":01~|a number that is none: \"01\"",
                ":+1~|a number that is none: \"+1\"",
                ":9223372036854775808~|a number that is none",
                "$-2~|bulk of length -2; it must be -1 to 536870912",
                "$x~|bulk whose length is no number: \"x\"",
                "*-2~|array of length -2",
                "*1048577~|array of length 1048577; it must be -1 to 1048576",
                "$1~ab~|longer than announced",
                "$1~a^^|longer than announced"
            })
    void whatIsMalformedIsRefused(String sent, String message) {
        refused(ValueLimits.DEFAULT, sent.replace("~", "\r\n").replace('^', '\n'), message);
    }

    @Test
    void aCarriageReturnWithinALineIsRefused() {
        refused(ValueLimits.DEFAULT, "+a\rb\r\n", "carriage return within a line");
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        refused(SMALL, "+" + "x".repeat(20), "a line of more than 20 bytes");
        refused(SMALL, "$101\r\n", "bulk of length 101; it must be -1 to 100");
        refused(SMALL, "*4\r\n", "array of length 4; it must be -1 to 3");
        refused(SMALL, "*1\r\n*1\r\n*0\r\n", "more than 2 arrays within each other");
        byte[] most = "*3\r\n*1\r\n:1\r\n*0\r\n$2\r\nab\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(decoded(SMALL, Cuts.whole(most))).hasSize(1);
    }

    @Test
    void valuesBeforeAnErrorAreHandedOutAndNothingBehindIt() {
        ValueDecoder decoder = new ValueDecoder(ValueLimits.DEFAULT);
        List<RespValue> found = new ArrayList<>();
        ByteBuffer sent = ByteBuffer.wrap(":1\r\n?\r\n:2\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoder.decode(sent, found::add));
        assertThat(found).containsExactly(new Int(1));
        assertThat(sent.remaining()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> decoder.decode(ByteBuffer.allocate(0), found::add));
    }
}
