// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file on a disk, immune to interrupts. A {@code FileChannel} closes for everybody when one of its callers is
 * interrupted, and handlers are interrupted on purpose. An {@code AsynchronousFileChannel} is not interruptible; given
 * an executor that runs in place, it reads at a position in the calling thread, and its {@code force(false)} is an
 * fdatasync, which leaves out the time stamps that {@code FileDescriptor.sync()} would write. Writing goes through a
 * {@code RandomAccessFile}, which makes no garbage.
 */
final class DiskFile implements StorageFile {
    private static final int MOST_AT_ONCE = 1 << 20;

    private final AsynchronousFileChannel channel;
    private final @Nullable RandomAccessFile writer;
    private long writerAt;

    private DiskFile(AsynchronousFileChannel channel, @Nullable RandomAccessFile writer) {
        this.channel = channel;
        this.writer = writer;
    }

    static DiskFile reading(Path path) throws IOException {
        return new DiskFile(
                AsynchronousFileChannel.open(path, Set.of(StandardOpenOption.READ), InPlace.EXECUTOR), null);
    }

    static DiskFile writing(Path path) throws IOException {
        Set<StandardOpenOption> both = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, both, InPlace.EXECUTOR);
        try {
            return new DiskFile(channel, new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer part = ByteBuffer.wrap(buffer, offset + done, Math.min(length - done, MOST_AT_ONCE));
            int read = readOnce(part, position + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    private int readOnce(ByteBuffer part, long position) throws IOException {
        try {
            return channel.read(part, position).get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("a read in place has nothing to wait for", impossible);
        }
    }

    @Override
    public void write(long position, byte[] buffer, int offset, int length) throws IOException {
        if (writer == null) {
            throw new IOException("the file was opened for reading alone");
        }
        if (writerAt != position) {
            writer.seek(position);
        }
        writerAt = -1;
        writer.write(buffer, offset, length);
        writerAt = position + length;
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() {
        try (AsynchronousFileChannel first = channel;
                RandomAccessFile second = writer) {
            // closes both, also when one fails
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class InPlace extends AbstractExecutorService {
        private static final ExecutorService EXECUTOR = new InPlace();

        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
