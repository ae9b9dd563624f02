// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardErrorLogsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Logger logger = System.getLogger("dev.millrace.cli.test");

    private String logged(LogLevel level) {
        StandardErrorLogs.configure(level, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        bytes.reset();
        logger.log(Level.ERROR, "worse");
        logger.log(Level.WARNING, "bad {0}", "one");
        logger.log(Level.INFO, () -> "fine");
        logger.log(Level.DEBUG, "deep\nline", new IllegalStateException("why"));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void backToNormal() {
        StandardErrorLogs.configure(
                LogLevel.WARNING, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }

    @Test
    void theLevelDecidesAndALineIsALine() {
        assertThat(logged(LogLevel.OFF)).isEmpty();
        assertThat(logged(LogLevel.ERROR).lines()).containsExactly("millrace: error: worse");
        assertThat(logged(LogLevel.WARNING).lines())
                .containsExactly("millrace: error: worse", "millrace: warning: bad one");
        assertThat(logged(LogLevel.INFO).lines()).hasSize(3).last().isEqualTo("millrace: info: fine");
    }

    @Test
    void tracesAreForThoseWhoDebug() {
        assertThat(logged(LogLevel.DEBUG))
                .contains("millrace: debug: deep␊line", "IllegalStateException: why", "\tat ");
        logger.log(Level.WARNING, "again", new IllegalStateException("why"));
        StandardErrorLogs.configure(LogLevel.WARNING, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        bytes.reset();
        logger.log(Level.WARNING, "failed", new IllegalStateException("why"));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("millrace: warning: failed: java.lang.IllegalStateException: why");
    }
}
