// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void everyFailureSaysWhatToDo() {
        assertThat(Failures.describe(new NoSuchFileException("/a"))).isEqualTo("there is no /a; check the path");
        assertThat(Failures.describe(new AccessDeniedException("/a"))).startsWith("no permission for /a; run as");
        assertThat(Failures.describe(new NotDirectoryException("/a"))).startsWith("/a is not a folder");
        assertThat(Failures.describe(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(Failures.describe(new UncheckedIOException(new IOException("pipe broke"))))
                .isEqualTo("pipe broke");
        assertThat(Failures.describe(BrokerException.passing("h:1 does not answer; is it up?", null)))
                .isEqualTo("h:1 does not answer; is it up?");
        assertThat(Failures.describe(new OutOfMemoryError())).contains("MILLRACE_JAVA_OPTS");
        assertThat(Failures.describe(new IllegalArgumentException())).isEqualTo("IllegalArgumentException");
    }

    @Test
    void whatNobodyExpectedIsABug() {
        assertThat(Failures.describe(new IllegalStateException("no")))
                .isEqualTo("this is a bug in millrace: java.lang.IllegalStateException: no; please report it with what"
                        + " --log-level debug adds");
    }
}
