// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A folder on a disk, owned by one journal at a time. Thread-safe. */
public final class DiskStorage implements Storage {
    private static final boolean DIRECTORIES_CAN_BE_SYNCED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private final Path folder;
    private final FolderLock lock;

    private DiskStorage(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is not there, and takes it.
     *
     * @param folder where the journal lives
     * @return the folder, to be closed by the journal that gets it
     * @throws JournalException if it cannot be made or written, or has an owner, whom the message names
     */
    public static DiskStorage open(Path folder) {
        try {
            Path made = makeDurably(folder.toAbsolutePath().normalize()).toRealPath();
            return new DiskStorage(made, FolderLock.take(made));
        } catch (AccessDeniedException refused) {
            throw new JournalException(
                    "no permission for " + refused.getFile() + ": give this user read and write access to "
                            + folder.toAbsolutePath() + ", or choose another folder",
                    refused);
        } catch (IOException failure) {
            throw new JournalException("cannot use " + folder.toAbsolutePath() + " as a folder: " + failure, failure);
        }
    }

    private static Path makeDurably(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent != null) {
                makeDurably(parent);
            }
            Files.createDirectories(folder);
            if (parent != null) {
                syncDirectory(parent);
            }
        }
        return folder;
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public StorageFile create(String name) throws IOException {
        Path path = folder.resolve(name);
        Files.deleteIfExists(path);
        Files.createFile(path);
        return DiskFile.writing(path);
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return DiskFile.writing(folder.resolve(name));
    }

    @Override
    public StorageFile openForReading(String name) throws IOException {
        return DiskFile.reading(folder.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        syncDirectory(folder);
    }

    private static void syncDirectory(Path directory) throws IOException {
        if (DIRECTORIES_CAN_BE_SYNCED) {
            try (AsynchronousFileChannel channel = InPlace.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public String describe(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {
        lock.close();
    }
}
