// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.cli.watch.Stopwatch;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A folder that is gone at the end, also after Ctrl-C, unless it is to be kept. Thread-safe. */
final class TemporaryFolder implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 20_000_000;

    private final Path path;
    private final AtomicBoolean kept = new AtomicBoolean();
    private final Thread atExit = new Thread(this::deleteQuietly, "millrace-demo-cleanup");

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    static TemporaryFolder create(String prefix) throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.atExit);
        return folder;
    }

    Path path() {
        return path;
    }

    void keep() {
        kept.set(true);
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is at work already.
            return;
        }
        if (!kept.get()) {
            delete();
        }
    }

    private void deleteQuietly() {
        // A worker that got the same signal may still be writing: what it adds behind our back is deleted the next
        // time.
        Stopwatch watch = Stopwatch.start();
        while (!kept.get() && Files.exists(path) && watch.elapsed().compareTo(LONGEST) < 0) {
            try {
                delete();
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        // Nobody is left to be told of the rest; what is in a temporary folder is thrown away some day.
    }

    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                if (error instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw error;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
