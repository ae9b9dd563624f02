// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void writesFieldsInTheirOrder() {
        JsonLine line = new JsonLine()
                .put("text", "a")
                .put("number", 42)
                .put("fraction", 0.12345)
                .put("truth", true)
                .put("when", Optional.of(Instant.EPOCH))
                .put("map", Map.of("b", "2", "a", "1"));
        assertThat(line)
                .hasToString("{\"text\":\"a\",\"number\":42,\"fraction\":0.123,\"truth\":true,"
                        + "\"when\":\"1970-01-01T00:00:00Z\",\"map\":{\"a\":\"1\",\"b\":\"2\"}}");
    }

    @Test
    void unknownIsNullAndNotZero() {
        JsonLine line = new JsonLine()
                .put("text", (String) null)
                .put("number", OptionalLong.empty())
                .put("when", Optional.empty());
        assertThat(line).hasToString("{\"text\":null,\"number\":null,\"when\":null}");
    }

    @Test
    void nothingInAValueCanEndTheLineOrMoveTheCursor() {
        assertThat(new JsonLine().put("a", "\"\\\n\r\t\u0000\u001b\u007f\u009b\u2028é€\uD83D\uDE00"))
                .hasToString("{\"a\":\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f\\u009b\\u2028é€\uD83D\uDE00\"}");
    }

    @Test
    void anObjectWithoutFieldsIsAnObject() {
        assertThat(new JsonLine().put("headers", Map.of())).hasToString("{\"headers\":{}}");
    }
}
