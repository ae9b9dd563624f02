// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.time.Duration;

/** How long something took, by the real clock. */
final class Stopwatch {
    private final long start = System.nanoTime();

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
