// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Child;
import dev.millrace.benchmarks.measure.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@link Errand}s on one folder, each in a process of its own. */
final class Inside implements AutoCloseable {
    private final Folder folder;
    private final List<String> flags;
    private final int bytes;

    /**
     * @param flags for the JVM
     * @param bytes of each job
     */
    Inside(Bench bench, List<String> flags, int bytes) throws IOException {
        this.folder = bench.folder("inside");
        this.flags = flags;
        this.bytes = bytes;
    }

    /** What a process found out. */
    record Said(Map<String, Double> numbers) {
        double get(String name) {
            Double value = numbers.get(name);
            if (value == null) {
                throw new IllegalStateException("the process did not say " + name + ": " + numbers);
            }
            return value;
        }
    }

    Path path() {
        return folder.path();
    }

    /** Millrace in this folder. */
    String url(String sync) {
        return "file:" + folder.path() + "?sync=" + sync;
    }

    Said run(String verb, String url, int amount) throws IOException, InterruptedException {
        return new Said(Child.run(Errand.class, flags, verb, folder.path().toString(), url, "" + amount, "" + bytes));
    }

    @Override
    public void close() {
        folder.close();
    }
}
