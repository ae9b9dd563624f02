// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Child;
import dev.millrace.benchmarks.measure.Crew;
import dev.millrace.benchmarks.measure.Device;
import dev.millrace.benchmarks.measure.Own;
import dev.millrace.benchmarks.store.JobStore;
import dev.millrace.benchmarks.store.JobStore.Lane;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.RocksStore;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** What is measured in a process of its own, because memory, reads and writes are counted by process. */
final class Errand {
    private static final int FILL = 1000;
    private static final int COLLECTIONS = 5;

    private final Path folder;
    private final String url;
    private final int amount;
    private final int bytes;

    private Errand(String[] arguments) {
        this.folder = Path.of(arguments[1]);
        this.url = arguments[2];
        this.amount = Integer.parseInt(arguments[3]);
        this.bytes = Integer.parseInt(arguments[4]);
    }

    /** {@code VERB FOLDER URL AMOUNT BYTES}. */
    public static void main(String[] arguments) throws Exception {
        Errand errand = new Errand(arguments);
        switch (arguments[0]) {
            case "hold" -> errand.hold();
            case "open" -> errand.open();
            case "rocks-fill" -> errand.rocksFill();
            case "rocks-open" -> errand.rocksOpen();
            case "read" -> errand.read();
            case "churn" -> errand.churn();
            case "marathon" -> new Marathon(errand.url, errand.folder, errand.amount, errand.bytes).run();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private MillraceStore store() {
        return MillraceStore.around(Brokers.open(url), bytes);
    }

    /** Enqueues, and looks at the memory. */
    private void hold() throws Exception {
        try (MillraceStore store = store()) {
            long start = System.nanoTime();
            fill(store);
            Child.say("seconds", (System.nanoTime() - start) / 1e9);
            double worst = 0;
            for (int i = 0; i < COLLECTIONS; i++) {
                long before = System.nanoTime();
                System.gc();
                worst = Math.max(worst, (System.nanoTime() - before) / 1e6);
            }
            Child.say("pause", worst);
            Runtime runtime = Runtime.getRuntime();
            Child.say("heap", runtime.totalMemory() - runtime.freeMemory());
            Child.say("resident", Own.resident());
        }
    }

    private void fill(JobStore store) throws Exception {
        try (Lane lane = store.lane()) {
            for (int left = amount; left > 0; left -= FILL) {
                lane.enqueue(Math.min(left, FILL));
            }
        }
    }

    private void open() throws Exception {
        long start = System.nanoTime();
        MillraceStore store = store();
        Child.say("seconds", (System.nanoTime() - start) / 1e9);
        check(store, amount);
        store.close();
    }

    static void check(JobStore store, long jobs) throws Exception {
        if (store.size() != jobs) {
            throw new IllegalStateException("there are " + store.size() + " jobs instead of " + jobs);
        }
    }

    private void rocksFill() throws Exception {
        try (RocksStore store = RocksStore.in(folder, false, bytes)) {
            fill(store);
        }
    }

    private void rocksOpen() throws Exception {
        long start = System.nanoTime();
        RocksStore store = RocksStore.in(folder, true, bytes);
        Child.say("seconds", (System.nanoTime() - start) / 1e9);
        check(store, amount);
        Child.say("with-scan", (System.nanoTime() - start) / 1e9);
        store.close();
    }

    /** The least that opening can cost: reads every byte once and sums it up. */
    private void read() throws IOException {
        long start = System.nanoTime();
        byte[] buffer = new byte[1 << 20];
        CRC32C sum = new CRC32C();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    sum.update(buffer, 0, read);
                }
            }
        }
        Child.say("seconds", (System.nanoTime() - start) / 1e9);
        Child.say("sum", sum.getValue());
    }

    /** Batch load for so many milliseconds, after as many for warming up. */
    private void churn() throws Exception {
        Duration time = Duration.ofMillis(amount);
        Device device = Device.below(folder);
        try (MillraceStore store = store();
                Lanes lanes = new Lanes(store, 16)) {
            List<Crew.Work> works = lanes.works(32);
            Crew.run(works, time);
            long written = Own.written();
            long onDisk = device.written();
            Crew.Done done = Crew.run(works, time);
            Child.say("rate", done.rate());
            Child.say("written", (double) (Own.written() - written) / done.things());
            Child.say("device", (double) (device.written() - onDisk) / done.things());
            check(store, 0);
        }
    }
}
