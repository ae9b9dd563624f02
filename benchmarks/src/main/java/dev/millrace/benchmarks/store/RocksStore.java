// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB: a put for each job, a delete for each end, a synced write batch for each call. */
public final class RocksStore implements JobStore {
    private static final int LOGS_KEPT = 4;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final List<String> BUSY = List.of(
            "rocksdb.mem-table-flush-pending",
            "rocksdb.num-running-flushes",
            "rocksdb.compaction-pending",
            "rocksdb.num-running-compactions");

    private final Options options;
    private final RocksDB db;
    private final WriteOptions durable;
    private final byte[] body;
    private final AtomicLong lanes = new AtomicLong();

    private RocksStore(Options options, RocksDB db, WriteOptions durable, byte[] body) {
        this.options = options;
        this.db = db;
        this.durable = durable;
        this.body = body;
    }

    /**
     * Opens one in a folder. Its logs are used again, which is its remedy against the cost of growing files; all else is
     * as it comes.
     */
    public static RocksStore in(Path folder, boolean sync, int bytes) throws RocksDBException {
        Options options = new Options().setCreateIfMissing(true).setRecycleLogFileNum(LOGS_KEPT);
        RocksDB db = RocksDB.open(options, folder.toString());
        return new RocksStore(options, db, new WriteOptions().setSync(sync), new byte[bytes]);
    }

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public Lane lane() {
        return new KeyLane(lanes.getAndIncrement());
    }

    @Override
    public long size() {
        try (RocksIterator all = db.newIterator()) {
            long count = 0;
            for (all.seekToFirst(); all.isValid(); all.next()) {
                count++;
            }
            return count;
        }
    }

    /** Waits until nothing is flushed or compacted, as far as that ends soon. */
    @Override
    public void rest() throws RocksDBException {
        long end = System.nanoTime() + REST_NANOS;
        while (isBusy() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean isBusy() throws RocksDBException {
        for (String property : BUSY) {
            if (db.getLongProperty(property) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        durable.close();
        db.close();
        options.close();
    }

    private final class KeyLane implements Lane {
        private final long first;
        private long stored;
        private long ended;

        KeyLane(long number) {
            first = number << 40;
        }

        private byte[] key(long number) {
            return ByteBuffer.allocate(Long.BYTES).putLong(first + number).array();
        }

        @Override
        public void enqueue(int jobs) throws RocksDBException {
            try (WriteBatch batch = new WriteBatch()) {
                for (int i = 0; i < jobs; i++) {
                    batch.put(key(stored++), body);
                }
                db.write(durable, batch);
            }
        }

        @Override
        public void finish(int jobs) throws RocksDBException {
            try (WriteBatch batch = new WriteBatch()) {
                for (int i = 0; i < jobs; i++) {
                    batch.delete(key(ended++));
                }
                db.write(durable, batch);
            }
        }
    }
}
