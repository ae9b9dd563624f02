// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder in memory that remembers everything that was done to it, so that {@link Crash} can say what a disk would
 * hold if the power had failed at any moment. It also has a size, which can be changed, and breaks on demand. The test
 * adds marks of its own to the history, to know what had happened before a moment. Thread-safe.
 */
public final class SimulatedStorage implements Storage {
    /** One thing that was done. */
    public sealed interface Step {}

    record Created(String name, int inode) implements Step {}

    /** Bytes put into a file. */
    static final class Wrote implements Step {
        private final int inode;
        private final long position;
        private final byte[] bytes;

        private Wrote(int inode, long position, byte[] bytes) {
            this.inode = inode;
            this.position = position;
            this.bytes = bytes;
        }

        int inode() {
            return inode;
        }

        long position() {
            return position;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    record Synced(int inode) implements Step {}

    /** The system gave up writing what was not synced, and will not try again; readers go on seeing it. */
    record FailedToSync(int inode) implements Step {}

    record Renamed(String from, String to) implements Step {}

    record Deleted(String name) implements Step {}

    record SyncedNames() implements Step {}

    /** Something that the test wants to remember. */
    public record Mark(Object what) implements Step {}

    private final Map<String, Integer> names = new HashMap<>();
    private final List<byte[]> contents = new ArrayList<>();
    private final List<Step> history = new ArrayList<>();
    private final SortedMap<String, byte[]> initial;
    private long capacity = Long.MAX_VALUE;
    private boolean writesFail;
    private boolean syncsFail;
    private boolean closed;

    /** An empty folder. */
    public SimulatedStorage() {
        this(Map.of());
    }

    /** A folder that holds files, all of them safely on the disk. */
    public SimulatedStorage(Map<String, byte[]> files) {
        initial = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        initial.forEach((name, content) -> {
            names.put(name, contents.size());
            contents.add(content.clone());
        });
    }

    /** What the files held at the beginning; their inodes are their places here. */
    SortedMap<String, byte[]> initial() {
        return initial;
    }

    /** What the files hold now. */
    public synchronized Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        names.forEach((name, inode) -> files.put(name, contents.get(inode).clone()));
        return files;
    }

    /** Everything done so far. */
    public synchronized List<Step> history() {
        return List.copyOf(history);
    }

    /** Adds a mark to the history. */
    public synchronized void mark(Object what) {
        history.add(new Mark(what));
    }

    /** How many bytes all files together may have from now on. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** How many bytes all files have. */
    public synchronized long used() {
        return names.values().stream()
                .mapToLong(inode -> contents.get(inode).length)
                .sum();
    }

    /** Makes every write fail from now on, or work again. */
    public synchronized void failWrites(boolean fail) {
        writesFail = fail;
    }

    /** Makes every sync of a file fail from now on, or work again. */
    public synchronized void failSyncs(boolean fail) {
        syncsFail = fail;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Override
    public synchronized StorageFile create(String name) {
        names.put(name, contents.size());
        contents.add(new byte[0]);
        history.add(new Created(name, names.get(name)));
        return new File(names.get(name));
    }

    @Override
    public synchronized StorageFile open(String name) throws IOException {
        return new File(inode(name));
    }

    @Override
    public StorageFile openForReading(String name) throws IOException {
        return open(name);
    }

    private int inode(String name) throws IOException {
        Integer inode = names.get(name);
        if (inode == null) {
            throw new FileNotFoundException(name);
        }
        return inode;
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        names.put(to, inode(from));
        names.remove(from);
        history.add(new Renamed(from, to));
    }

    @Override
    public synchronized void delete(String name) {
        if (names.remove(name) != null) {
            history.add(new Deleted(name));
        }
    }

    @Override
    public synchronized void syncDirectory() {
        history.add(new SyncedNames());
    }

    @Override
    public String describe(String name) {
        return "simulated/" + name;
    }

    @Override
    public String toString() {
        return "simulated";
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private synchronized int read(int inode, long position, byte[] buffer, int offset, int length) {
        byte[] content = contents.get(inode);
        int read = (int) Math.max(0, Math.min(length, content.length - position));
        System.arraycopy(content, (int) Math.min(position, content.length), buffer, offset, read);
        return read;
    }

    private synchronized void write(int inode, long position, byte[] bytes) throws IOException {
        byte[] content = contents.get(inode);
        long growth = position + bytes.length - content.length;
        if (writesFail) {
            throw new IOException("Input/output error");
        }
        if (growth > 0 && used() + growth > capacity) {
            throw new IOException("No space left on device");
        }
        contents.set(inode, patched(content, position, bytes));
        history.add(new Wrote(inode, position, bytes));
    }

    /** Content with bytes put into it; the same array if it is long enough. */
    static byte[] patched(byte[] content, long position, byte[] bytes) {
        byte[] target = position + bytes.length > content.length
                ? Arrays.copyOf(content, (int) position + bytes.length)
                : content;
        System.arraycopy(bytes, 0, target, (int) position, bytes.length);
        return target;
    }

    private synchronized void sync(int inode) throws IOException {
        if (syncsFail) {
            history.add(new FailedToSync(inode));
            throw new IOException("Input/output error");
        }
        history.add(new Synced(inode));
    }

    private final class File implements StorageFile {
        private final int inode;

        private File(int inode) {
            this.inode = inode;
        }

        @Override
        public long size() {
            return contents.get(inode).length;
        }

        @Override
        public int read(long position, byte[] buffer, int offset, int length) {
            return SimulatedStorage.this.read(inode, position, buffer, offset, length);
        }

        @Override
        public void write(long position, byte[] buffer, int offset, int length) throws IOException {
            SimulatedStorage.this.write(inode, position, Arrays.copyOfRange(buffer, offset, offset + length));
        }

        @Override
        public void sync() throws IOException {
            SimulatedStorage.this.sync(inode);
        }

        @Override
        public void close() {}
    }
}
