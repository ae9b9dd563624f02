// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyWriterTest {
    private final ReplyWriter writer = new ReplyWriter(0);

    private String written() {
        return new String(writer.array(), 0, writer.size(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyKindOfReplyIsWrittenBehindTheOneBefore() {
        writer.simpleString("PONG")
                .simpleString(new byte[] {'O', 'K'})
                .error("ERR syntax error")
                .integer(7)
                .bulk(new byte[] {0, '\r', '\n', -1})
                .bulk("")
                .nullBulk()
                .nullArray()
                .arrayHeader(2)
                .arrayHeader(0)
                .bulk("\u00e9")
                .encoded("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(written())
                .isEqualTo(String.join(
                        "\r\n",
                        "+PONG",
                        "+OK",
                        "-ERR syntax error",
                        ":7",
                        "$4",
                        "\0\r\n\u00ff",
                        "$0",
                        "",
                        "$-1",
                        "*-1",
                        "*2",
                        "*0",
                        "$2",
                        "\u00c3\u00a9",
                        "+OK",
                        ""));
        assertThat(writer.toByteArray()).hasSize(writer.size());
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                9,
                10,
                99,
                1023,
                1024,
                99_999,
                -1,
                -10,
                -1024,
                1L << 40,
                Long.MAX_VALUE,
                Long.MIN_VALUE + 1,
                Long.MIN_VALUE
            })
    void integersAreWrittenWithAllTheirDigits(long value) {
        writer.integer(value);
        assertThat(written()).isEqualTo(":" + value + "\r\n");
    }

    @Property
    void anyIntegerIsWrittenAsJavaWritesIt(@ForAll long value) {
        ReplyWriter any = new ReplyWriter(0).integer(value);
        assertThat(any.toByteArray()).isEqualTo((":" + value + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Property
    void anyTextIsABulkOfItsUtf8(@ForAll String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(new ReplyWriter(16).bulk(text).toByteArray())
                .isEqualTo(new ReplyWriter(0).bulk(utf8).toByteArray());
    }

    @Test
    void linesStayLines() {
        writer.error("ERR unknown command 'a\r\nb'").simpleString("a\nb\rc").simpleString(new byte[] {'\r', 'x', '\n'});
        assertThat(written()).isEqualTo("-ERR unknown command 'a  b'\r\n+a b c\r\n+ x \r\n");
    }

    @Test
    void bytesInAnErrorComeBackAsTheyWere() {
        writer.error("ERR \0\u007f\u0080\u00ff\u20ac");
        assertThat(written()).isEqualTo("-ERR \0\u007f\u0080\u00ff?\r\n");
    }

    @Test
    void largeRepliesGrowTheArray() {
        byte[] large = new byte[300_000];
        large[299_999] = 1;
        writer.bulk(large).bulk("y".repeat(70_000)).error("z".repeat(70_000));
        assertThat(writer.size()).isEqualTo(9 + 300_000 + 2 + 8 + 70_000 + 2 + 1 + 70_000 + 2);
        assertThat(writer.array()[9 + 299_999]).isEqualTo((byte) 1);
    }

    @Test
    void resettingBeginsAnewAndKeepsTheArray() {
        byte[] array = writer.bulk(new byte[1000]).array();
        writer.reset();
        assertThat(writer.size()).isZero();
        assertThat(writer.integer(1).array()).isSameAs(array);
        assertThat(written()).isEqualTo(":1\r\n");
    }

    @Test
    void anArrayThatHasGrownLargeIsLetGo() {
        writer.bulk(new byte[2 << 20]).reset();
        assertThat(writer.array()).hasSizeLessThan(1000);
        assertThat(new ReplyWriter(3 << 20).bulk(new byte[2 << 20]).array()).hasSize(3 << 20);
    }

    @Test
    void everythingIsCopiedIntoABufferOrNothing() {
        writer.integer(12);
        ByteBuffer room = ByteBuffer.allocate(9);
        writer.writeTo(room);
        assertThat(room.position()).isEqualTo(5);
        assertThatExceptionOfType(BufferOverflowException.class).isThrownBy(() -> writer.writeTo(room));
        assertThat(room.position()).isEqualTo(5);
        assertThat(writer.size()).isEqualTo(5);
    }
}
