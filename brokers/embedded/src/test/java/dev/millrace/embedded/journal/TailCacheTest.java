// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The newest bytes of the log, in memory. */
class TailCacheTest {
    private static final int WORDS = 64;

    @Property
    void holdsTheNewestBytesAndNothingElse(
            @ForAll @Size(max = 40) List<@IntRange(max = 70) Integer> lengths, @ForAll @IntRange(max = 64) int size) {
        TailCache cache = new TailCache(size, 1000);
        byte[] all = new byte[lengths.stream().mapToInt(length -> length).sum()];
        ThreadLocalRandom.current().nextBytes(all);
        int at = 0;
        for (int length : lengths) {
            cache.put(1000 + at, all, at, length);
            at += length;
            for (int from = 0; from < at; from++) {
                byte[] one = cache.get(1000 + from, 1);
                if (from >= at - size) {
                    assertThat(one).containsExactly(all[from]);
                } else {
                    assertThat(one).isNull();
                }
            }
            assertThat(cache.get(1000 + at, 1)).isNull();
        }
    }

    @Test
    void aReaderNeverSeesBytesOfAnotherPosition() throws InterruptedException {
        TailCache cache = new TailCache(WORDS * Long.BYTES, 0);
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicLong newest = new AtomicLong();
        List<Thread> readers = Stream.generate(() -> Thread.ofPlatform().unstarted(() -> {
                    long hits = 0;
                    try {
                        while (!done.get() || hits == 0) {
                            long position = Math.max(
                                    0,
                                    newest.get()
                                            - Long.BYTES
                                                    * ThreadLocalRandom.current()
                                                            .nextLong(WORDS + 4));
                            byte[] bytes = cache.get(position, Long.BYTES);
                            if (bytes != null) {
                                assertThat(ByteBuffer.wrap(bytes).getLong()).isEqualTo(position);
                                hits++;
                            }
                        }
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                }))
                .limit(2)
                .toList();
        readers.forEach(Thread::start);
        byte[] word = new byte[Long.BYTES];
        for (long position = 0; position < 8_000_000; position += Long.BYTES) {
            ByteBuffer.wrap(word).putLong(position);
            cache.put(position, word, 0, Long.BYTES);
            newest.lazySet(position);
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }
}
