// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file on a disk, immune to interrupts. A {@code FileChannel} closes for everybody when one of its callers is
 * interrupted, and handlers are interrupted on purpose. An {@code AsynchronousFileChannel} is not interruptible; used
 * {@link InPlace}, it reads at a position in the calling thread, and its {@code force(false)} is an fdatasync, which leaves out the time stamps that {@code FileDescriptor.sync()} would write. Writing goes through a
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
        return new DiskFile(InPlace.open(path, StandardOpenOption.READ), null);
    }

    static DiskFile writing(Path path) throws IOException {
        AsynchronousFileChannel channel = InPlace.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
            int read = InPlace.done(channel.read(part, position + done));
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
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
}
