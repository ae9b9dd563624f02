// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.List;

/**
 * The folder that a journal lives in, as far as the journal is concerned. Names are plain file names. What is asked of
 * an implementation: written bytes are seen at once by everybody who reads; they are on the disk once {@link
 * StorageFile#sync} has returned; {@link #create}, {@link #rename} and {@link #delete} are on the disk once {@link
 * #syncDirectory} has returned, and reach it in the order they were called. Nothing of it may fail because a calling
 * thread is interrupted. All methods can be called by any thread.
 */
public interface Storage extends AutoCloseable {
    /** The names of all files. */
    List<String> list() throws IOException;

    /** Makes an empty file, or empties the one that is there, and opens it for reading and writing. */
    StorageFile create(String name) throws IOException;

    /** Opens a file for reading and writing. */
    StorageFile open(String name) throws IOException;

    /** Opens a file for reading alone. */
    StorageFile openForReading(String name) throws IOException;

    /** Gives a file another name, and takes the place of a file that has it. */
    void rename(String from, String to) throws IOException;

    /** Removes a file, if it is there. */
    void delete(String name) throws IOException;

    /** Waits until all names made, changed and removed are on the disk. */
    void syncDirectory() throws IOException;

    /** How a file is called in a message. */
    String describe(String name);

    /** Gives the folder up. Can be called twice. */
    @Override
    void close();
}
