// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of results while it grows. A last line without its end was being written when its process was killed: the
 * handler had not finished, so it counts for nothing. Not thread-safe.
 */
final class ResultsReader implements AutoCloseable {
    private final Path file;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private @Nullable InputStream in;

    ResultsReader(Path file) {
        this.file = file;
    }

    /** Passes on the lines that are new since the last call. */
    void poll(Consumer<ResultLine> each) throws IOException {
        if (in == null) {
            if (!Files.exists(file)) {
                return;
            }
            in = Files.newInputStream(file);
        }
        for (byte b : in.readAllBytes()) {
            if (b == '\n') {
                each.accept(ResultLine.parse(pending.toString(StandardCharsets.US_ASCII)));
                pending.reset();
            } else {
                pending.write(b);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
