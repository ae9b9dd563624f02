// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is asked in whatever order, a host does as the naive one does; over crashes too. */
@Tag("slow")
@Timeout(120)
class HostModelTest {
    @Test
    void memoryDoesAsTheNaiveHostDoes() {
        for (int seed = 1; seed <= 60; seed++) {
            new HostLife(seed, new MemoryHarness()).live(seed);
        }
    }

    @Test
    void fileDoesAsTheNaiveHostDoes() {
        for (int seed = 1; seed <= 20; seed++) {
            new HostLife(seed, new FileHarness()).live(seed);
        }
    }
}
