// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The least that durability costs: bytes written one after the other into a file that was filled with zeros before, and
 * brought to the disk after each write. Not thread-safe.
 */
public final class SyncedLoop implements AutoCloseable {
    private static final int FILE_BYTES = 16 << 20;

    /** In these pieces Linux keeps them, and pieces of this size are the cheapest to write into. */
    private static final int PIECE = 1 << 16;

    private final FileChannel file;
    private final ByteBuffer bytes;
    private final boolean metadata;
    private long position;

    /**
     * Fills the file.
     *
     * @param path where to make it
     * @param length how many bytes each write has
     * @param metadata true for fsync, which also writes the time stamps; false for fdatasync
     */
    public SyncedLoop(Path path, int length, boolean metadata) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.metadata = metadata;
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
        for (long at = 0; at < FILE_BYTES; at += zeros.capacity()) {
            zeros.clear();
            while (zeros.hasRemaining()) {
                file.write(zeros, at + zeros.position());
            }
        }
        file.force(true);
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 'x');
        this.bytes = ByteBuffer.allocateDirect(length).put(content);
    }

    /** One write, synced. */
    public void once() throws IOException {
        if (position + bytes.capacity() > FILE_BYTES) {
            position = 0;
        }
        bytes.clear();
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
        file.force(metadata);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
