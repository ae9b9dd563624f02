// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/*
 * A kill is the same to files as a copy of them while they are open: what the process had not yet written is missing
 * from both. The process goes on with the folder it had, and its background work may still remove files; a copy from
 * under which a file vanished is begun again, for a kill happens at one moment.
 */
/** A folder for what is tested to keep files in, and what a kill at this moment would leave of it. For one thread. */
public final class CrashFolder implements AutoCloseable {
    private final Path root;
    private int crashes;

    private CrashFolder(Path root) {
        this.root = root;
    }

    /**
     * Makes one among the temporary files.
     *
     * @param prefix what its name begins with
     * @return a folder that is removed when it is closed
     */
    public static CrashFolder named(String prefix) {
        try {
            return new CrashFolder(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where files are to be kept.
     *
     * @return another path after each {@link #crash()}; it may not exist yet
     */
    public Path path() {
        return root.resolve("run-" + crashes);
    }

    /** Copies {@link #path()} as it is now to another folder, which {@link #path()} names from then on. */
    public void crash() {
        Path killed = path();
        crashes++;
        try {
            while (!copied(killed, path())) {
                remove(path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A short word for all that is in {@link #path()}.
     *
     * @return the same number as long as no file changes
     */
    public long checksum() {
        CRC32 content = new CRC32();
        try {
            for (Path file : files(path())) {
                content.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.getValue();
    }

    private static boolean copied(Path from, Path to) throws IOException {
        try {
            List<Path> files = files(from);
            for (Path file : files) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            return files.equals(files(from));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(null);
        return files;
    }

    private static void remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failed) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes it with all copies. */
    @Override
    public void close() {
        try {
            remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
