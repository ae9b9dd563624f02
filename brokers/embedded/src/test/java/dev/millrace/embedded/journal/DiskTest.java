// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal in a real folder: interrupts, many threads, what lies there afterwards. */
class DiskTest {
    private static final JournalOptions SMALL = new JournalOptions(Sync.NEVER, 1 << 16, 1 << 12, false);

    @TempDir
    Path folder;

    private Journal open(FrameVisitor visitor, JournalOptions options) {
        Journal journal = Journal.open(DiskStorage.open(folder), options, visitor);
        journal.startSegmentsWith(Frames::preamble);
        return journal;
    }

    private static long write(Journal journal, int number) {
        long position = journal.write(Frames.payload(number, 100), 0, 100, true, false);
        journal.retain(position, 100);
        return position;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptedThreadsWriteReadAndCloseLikeOthers(boolean virtual) throws InterruptedException {
        Consumer<Runnable> interrupted = work -> {
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            Runnable all = () -> {
                Thread.currentThread().interrupt();
                try {
                    work.run();
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            };
            Thread thread = virtual
                    ? Thread.ofVirtual().unstarted(all)
                    : Thread.ofPlatform().unstarted(all);
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(failure.get()).isNull();
        };
        AtomicReference<@Nullable Journal> opened = new AtomicReference<>();
        interrupted.accept(
                () -> opened.set(open(new Frames.Collector(), new JournalOptions(Sync.ALWAYS, 1 << 12, 0, false))));
        Journal journal = opened.get();
        assertThat(journal).isNotNull();
        interrupted.accept(() -> {
            for (int i = 0; i < 200; i++) {
                assertThat(journal.read(write(journal, i), 100)).isEqualTo(Frames.payload(i, 100));
            }
        });
        long position = write(journal, 200);
        assertThat(journal.read(position, 100)).isEqualTo(Frames.payload(200, 100));
        interrupted.accept(journal::close);
        Frames.Collector found = new Frames.Collector();
        open(found, SMALL).close();
        assertThat(found.numbers)
                .isEqualTo(IntStream.rangeClosed(0, 200).boxed().toList());
    }

    @Test
    void readersSeeTheRightBytesOrNothingWhileSegmentsAreUsedAgain() throws InterruptedException {
        AtomicLong newest = new AtomicLong(-1);
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicLong seen = new AtomicLong();
        long[] positions = new long[40_000];
        try (Journal journal = open(new Frames.Collector(), SMALL)) {
            Runnable reader = () -> {
                try {
                    while (!done.get()) {
                        int last = (int) newest.get();
                        int number =
                                Math.max(0, last - ThreadLocalRandom.current().nextInt(2500));
                        if (last >= 0) {
                            byte[] bytes = journal.read(positions[number], 100);
                            if (bytes != null) {
                                assertThat(bytes).isEqualTo(Frames.payload(number, 100));
                                seen.incrementAndGet();
                            }
                        }
                    }
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            };
            List<Thread> readers = Stream.generate(() -> Thread.ofPlatform().unstarted(reader))
                    .limit(3)
                    .toList();
            readers.forEach(Thread::start);
            for (int i = 0; i < positions.length; i++) {
                positions[i] = write(journal, i);
                newest.set(i);
                if (i >= 1000) {
                    journal.release(positions[i - 1000], 100);
                    journal.reclaim();
                }
            }
            done.set(true);
            for (Thread thread : readers) {
                thread.join();
            }
        }
        assertThat(failure.get()).isNull();
        assertThat(seen.get()).isGreaterThan(1000);
    }

    @Test
    void manyThreadsTakeTurnsInWriting() throws InterruptedException {
        Object turn = new Object();
        try (Journal journal = open(new Frames.Collector(), SMALL)) {
            int[] next = {0};
            List<Thread> writers = Stream.generate(() -> Thread.ofPlatform().unstarted(() -> {
                        for (int i = 0; i < 500; i++) {
                            synchronized (turn) {
                                write(journal, next[0]++);
                            }
                        }
                    }))
                    .limit(4)
                    .toList();
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        Frames.Collector found = new Frames.Collector();
        open(found, SMALL).close();
        assertThat(found.numbers).isEqualTo(IntStream.range(0, 2000).boxed().toList());
    }

    @Test
    void openFilesDoNotPileUp() throws IOException {
        try (Journal journal = open(new Frames.Collector(), new JournalOptions(Sync.EVERYSEC, 1 << 12, 0, false))) {
            long[] positions = new long[6000];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = write(journal, i);
            }
            for (int i = 0; i < positions.length; i++) {
                assertThat(journal.read(positions[i], 100)).isEqualTo(Frames.payload(i, 100));
            }
            Eventually.until("few files are open", () -> openFiles() < 80);
        }
        Eventually.until("no file is open", () -> openFiles() == 0);
    }

    /** Where the system does not tell, there is nothing to count. */
    private long openFiles() {
        Path table = Path.of("/proc/self/fd");
        if (!Files.isDirectory(table)) {
            return 0;
        }
        try (Stream<Path> handles = Files.list(table)) {
            return handles.filter(this::isInFolder).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isInFolder(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(folder.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void aNewFolderIsMadeWithItsParents() {
        Path deep = folder.resolve("a/b/c");
        Journal.open(DiskStorage.open(deep), SMALL, new Frames.Collector()).close();
        assertThat(deep.resolve(Segment.name(0))).exists();
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DiskStorage.open(file))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("file");
    }

    @Test
    void halfMadeFilesOfAnEarlierLifeAreRemoved() throws IOException {
        Files.write(folder.resolve("journal-spare.tmp"), new byte[10]);
        Files.write(folder.resolve("journal-spare"), new byte[10]);
        open(new Frames.Collector(), SMALL).close();
        assertThat(folder.resolve("journal-spare.tmp")).doesNotExist();
        assertThat(folder.resolve("journal-spare")).doesNotExist();
    }
}
