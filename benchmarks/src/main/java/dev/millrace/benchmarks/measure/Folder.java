// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when it is closed, or when the process ends. */
public final class Folder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::delete);

    private Folder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Makes a new one. */
    public static Folder in(Path parent, String name) throws IOException {
        Files.createDirectories(parent);
        return new Folder(Files.createTempDirectory(parent, name + "-"));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** What the files in a folder take, by their lengths; files that go meanwhile count nothing. */
    public static long bytes(Path folder) {
        File[] files = folder.toFile().listFiles();
        return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("benchmarks: could not delete " + path + ": " + e);
        }
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
