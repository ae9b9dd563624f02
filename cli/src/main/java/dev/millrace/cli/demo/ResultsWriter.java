// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends to a file of results, each line with one write of its own before the broker hears of it: what has been written
 * survives the SIGKILL of this process. Thread-safe.
 */
final class ResultsWriter implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final OutputStream out;

    ResultsWriter(Path file) throws IOException {
        this.out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void write(ResultLine line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        lock.lock();
        try {
            out.write(bytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
