// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.resp.RespValue.Array;
import dev.millrace.resp.RespValue.Bulk;
import dev.millrace.resp.RespValue.ErrorReply;
import dev.millrace.resp.RespValue.Int;
import dev.millrace.resp.RespValue.SimpleString;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RespValueTest {
    @Test
    void valuesAreEqualIfTheirContentsAre() {
        assertThat(Array.of(Bulk.of("a"), new Int(1)))
                .isEqualTo(new Array(List.of(Bulk.of(new byte[] {'a'}), new Int(1))))
                .hasSameHashCodeAs(Array.of(Bulk.of("a"), new Int(1)))
                .isNotEqualTo(Array.of(Bulk.of("b"), new Int(1)));
        assertThat(Bulk.NULL).isNotEqualTo(Bulk.of("")).isEqualTo(Bulk.NULL);
        assertThat(Array.NULL).isNotEqualTo(Array.of()).isEqualTo(new Array(null));
        assertThat((RespValue) new SimpleString("x")).isNotEqualTo(new ErrorReply("x"));
    }

    @Test
    void nothingIsNotEmpty() {
        assertThat(Bulk.NULL.isNull()).isTrue();
        assertThat(Bulk.NULL.bytes()).isNull();
        assertThat(Bulk.NULL.text()).isNull();
        assertThat(Bulk.of("").isNull()).isFalse();
        assertThat(Bulk.of("\u00e9").text()).isEqualTo("\u00e9");
        assertThat(Array.NULL.isNull()).isTrue();
        assertThat(Array.of().isNull()).isFalse();
    }

    @Test
    void theFirstWordOfAnErrorIsItsCode() {
        assertThat(new ErrorReply("NOREPL Not enough").code()).isEqualTo("NOREPL");
        assertThat(new ErrorReply("LEAVING").code()).isEqualTo("LEAVING");
    }

    @Test
    void valuesAreShownAsPeopleReadThem() {
        assertThat(Array.of(
                        new SimpleString("OK"),
                        new ErrorReply("ERR no"),
                        new Int(-3),
                        Bulk.of(new byte[] {'a', '"', '\\', 0, -1}),
                        Bulk.NULL,
                        Array.NULL,
                        Array.of()))
                .hasToString("[+OK, -ERR no, :-3, \"a\\\"\\\\\\x00\\xff\", null bulk, null array, []]");
    }

    @Test
    void atMostAHundredBytesOfAContentAreShown() {
        assertThat(Bulk.of("x".repeat(100))).hasToString("\"" + "x".repeat(100) + "\"");
        assertThat(Bulk.of("x".repeat(101))).hasToString("\"" + "x".repeat(100) + "… (101 bytes)\"");
        assertThat(new SimpleString("x".repeat(5000)).toString()).hasSizeLessThan(130);
        assertThat(new ErrorReply("x".repeat(5000)).toString()).hasSizeLessThan(130);
    }

    @Test
    void longAndDeepArraysAreCut() {
        Array wide = new Array(Collections.nCopies(1000, Bulk.of("x".repeat(1000))));
        assertThat(wide.toString()).hasSizeLessThan(1300).endsWith("… (1000 elements)]");
        Array deep = wide;
        for (int i = 0; i < 10; i++) {
            deep = new Array(Collections.nCopies(1000, deep));
        }
        assertThat(deep.toString()).hasSizeLessThan(2000);
    }

    @Test
    void limitsThatCannotBeMetAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestLimits(31, 1, 1, 1))
                .withMessage("inlineBytes is 31; it must be 32 to 2147483631");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestLimits(32, 0, 1, 1))
                .withMessageStartingWith("arguments is 0; it must be 1 to");
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestLimits(32, 1, Integer.MAX_VALUE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestLimits(32, 1, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueLimits(1, 1, -1, 1))
                .withMessage("arrayLength is -1; it must be 0 to 2147483631");
    }
}
