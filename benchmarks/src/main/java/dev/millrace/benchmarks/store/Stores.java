// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.store;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.embedded.EmbeddedBrokerBuilder.SyncMode;
import java.util.ArrayList;
import java.util.List;

/** Millrace, RocksDB and SQLite side by side, each syncing before it replies, each in a folder of its own. */
public final class Stores implements AutoCloseable {
    private final List<Folder> folders = new ArrayList<>();
    private final List<JobStore> stores = new ArrayList<>();

    /** Opens all three. */
    public Stores(Bench bench, int bytes) throws Exception {
        for (String name : List.of("millrace", "rocksdb", "sqlite")) {
            Folder folder = bench.folder(name);
            folders.add(folder);
            stores.add(
                    switch (name) {
                        case "millrace" -> MillraceStore.in(folder.path(), SyncMode.ALWAYS, bytes);
                        case "rocksdb" -> RocksStore.in(folder.path(), true, bytes);
                        default -> SqliteStore.in(folder.path(), bytes);
                    });
        }
    }

    /** Millrace first. */
    public List<JobStore> all() {
        return List.copyOf(stores);
    }

    /** Fails if one of them holds a job. */
    public void checkEmpty() throws Exception {
        for (JobStore store : stores) {
            if (store.size() != 0) {
                throw new IllegalStateException(store.name() + " still holds " + store.size() + " jobs");
            }
        }
    }

    @Override
    public void close() throws Exception {
        for (JobStore store : stores) {
            store.close();
        }
        folders.forEach(Folder::close);
    }
}
