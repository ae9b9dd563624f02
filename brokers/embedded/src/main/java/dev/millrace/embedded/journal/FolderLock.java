// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder to one journal. The operating system's lock on the file {@code lock} keeps other processes out and
 * ends with the process, however it ends. Within a process it would be worse than nothing, because on POSIX closing any
 * handle of the file gives the lock up; so a table of taken folders is asked first, and the file is not touched again.
 * The file holds one line about its owner, for the message that the next one gets.
 */
final class FolderLock implements AutoCloseable {
    static final String NAME = "lock";
    private static final Logger LOG = System.getLogger(FolderLock.class.getPackageName());
    private static final Map<Path, String> TAKEN_HERE = new ConcurrentHashMap<>();

    private final Path folder;
    private final AsynchronousFileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FolderLock(Path folder, AsynchronousFileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    static FolderLock take(Path folder) throws IOException {
        String owner = describeThisProcess();
        if (TAKEN_HERE.putIfAbsent(folder, owner) != null) {
            throw new JournalException(
                    folder + " is already open in this process (" + owner
                            + "): share the one broker between all threads, or close it before opening it again",
                    null);
        }
        boolean taken = false;
        try {
            AsynchronousFileChannel channel = lock(folder, owner);
            taken = true;
            return new FolderLock(folder, channel);
        } finally {
            if (!taken) {
                TAKEN_HERE.remove(folder);
            }
        }
    }

    private static AsynchronousFileChannel lock(Path folder, String owner) throws IOException {
        Path file = folder.resolve(NAME);
        AsynchronousFileChannel channel =
                InPlace.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        boolean locked = false;
        try {
            locked = tryLock(channel) != null;
            if (!locked) {
                throw new FolderOwnedException(folder + " is owned by another process ("
                        + Files.readString(file).strip()
                        + "): stop that process, or choose another folder; to share the jobs, let it be a"
                        + " \"millrace serve\", a \"millrace work\" or a program with a MillraceServer, which lets"
                        + " others in");
            }
            write(channel, owner);
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(AsynchronousFileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownedHere) {
            return null;
        }
    }

    /** On a full disk the owner stays unnamed: finished jobs can make room only if the folder opens. */
    private static void write(AsynchronousFileChannel channel, String owner) {
        byte[] line = (owner + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            InPlace.done(channel.write(ByteBuffer.wrap(line), 0));
            channel.truncate(line.length);
        } catch (IOException full) {
            LOG.log(Level.DEBUG, "the lock file does not name its owner", full);
        }
    }

    private static String describeThisProcess() {
        ProcessHandle process = ProcessHandle.current();
        return "pid " + process.pid() + host()
                + process.info().startInstant().map(since -> ", since " + since).orElse("")
                + command();
    }

    /** Read where Linux keeps it: asking the resolver can take seconds. */
    private static String host() {
        try {
            return ", host "
                    + Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unknown) {
            return "";
        }
    }

    /** The main class or jar, without its arguments, which may hold secrets. */
    private static String command() {
        String command = System.getProperty("sun.java.command", "").strip();
        return command.isEmpty() ? "" : ", command " + command.split(" ", 2)[0];
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                channel.close();
            } catch (IOException alreadyGone) {
                LOG.log(Level.DEBUG, "closing the lock of " + folder, alreadyGone);
            } finally {
                TAKEN_HERE.remove(folder);
            }
        }
    }
}
