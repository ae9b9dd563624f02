// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;

/** An open file of a {@link Storage}. One thread writes at a time; any thread reads, syncs and closes. */
public interface StorageFile extends AutoCloseable {
    /** How long the file is. */
    long size() throws IOException;

    /**
     * Reads until the length or the end of the file is reached.
     *
     * @return how many bytes were read; less than the length only at the end of the file
     */
    int read(long position, byte[] buffer, int offset, int length) throws IOException;

    /** Writes all of the bytes, beyond the end of the file too. */
    void write(long position, byte[] buffer, int offset, int length) throws IOException;

    /** Waits until everything written to the file, by whatever handle, is on the disk. */
    void sync() throws IOException;

    /** Closes this handle. Can be called twice; a read that it cuts off fails. */
    @Override
    void close();
}
