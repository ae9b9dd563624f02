// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final long MIB = 1 << 20;

    private final AtomicInteger collections = new AtomicInteger();
    private long used;
    private final Leftovers leftovers = new Leftovers(() -> used, collections::incrementAndGet);

    private int afterLooksAt(long... mebibytes) {
        for (long amount : mebibytes) {
            used = amount * MIB;
            leftovers.look();
        }
        return collections.get();
    }

    @Test
    void memoryIsGivenBackOnceWhenMostJobsAreGone() {
        assertThat(afterLooksAt(0, 80, 160, 10, 10, 10, 0, 0)).isEqualTo(1);
    }

    @Test
    void itIsGivenBackAgainAfterTheNextRush() {
        assertThat(afterLooksAt(100, 1, 1, 100, 1, 1)).isEqualTo(2);
    }

    @Test
    void aQueueThatFillsAndEmptiesIsLeftAlone() {
        assertThat(afterLooksAt(100, 1, 100, 1, 100, 1, 100)).isZero();
    }

    @Test
    void whatIsLittleOrStillThereIsLeftAlone() {
        assertThat(afterLooksAt(30, 0, 0)).isZero();
        assertThat(afterLooksAt(100, 40, 40, 40)).isZero();
    }
}
