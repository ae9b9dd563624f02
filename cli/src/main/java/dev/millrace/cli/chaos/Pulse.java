// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.cli.watch.Stopwatch;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** Feels whether jobs are being handled, by the diaries of the workers growing; the longest time that they did not. Not thread-safe. */
final class Pulse {
    private Stopwatch sinceBeat = Stopwatch.start();
    private long length;
    private long longestNanos;
    private boolean begun;

    /** Looks. */
    void feel(List<Path> diaries) {
        long now = diaries.stream().map(Path::toFile).mapToLong(File::length).sum();
        if (begun) {
            longestNanos = Math.max(longestNanos, sinceBeat.nanos());
        }
        if (now > length) {
            length = now;
            begun = true;
            sinceBeat = Stopwatch.start();
        }
    }

    /** Whether anything was ever handled. */
    boolean hasBegun() {
        return begun;
    }

    /** For how long nothing has been handled. */
    long silentNanos() {
        return sinceBeat.nanos();
    }

    long longestNanos() {
        return longestNanos;
    }
}
