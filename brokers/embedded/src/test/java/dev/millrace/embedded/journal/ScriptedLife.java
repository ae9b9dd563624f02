// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One life of a journal, driven by a seed, that leaves marks in the folder's history: which frames were begun, which
 * were promised, which were no longer wanted. {@link #check} holds what a reopening found against these.
 */
final class ScriptedLife {
    private record Started(int number) {}

    private record Promised(int number) {}

    private record Released(int number) {}

    private record Kept(long position, int length) {}

    private static final int FRAMES_OF_A_LIFE = 100_000;
    private static final AtomicInteger LIVES = new AtomicInteger();

    private final SimulatedStorage folder;
    private final Journal journal;
    private final Random random;
    private final Map<Integer, Kept> live = new HashMap<>();
    private final Deque<Integer> order = new ArrayDeque<>();
    private int next;

    ScriptedLife(SimulatedStorage folder, Sync sync, long seed) {
        this.folder = folder;
        this.random = new Random(seed);
        Frames.Collector earlier = new Frames.Collector();
        this.journal = Journal.open(folder, new JournalOptions(sync, 4096, 2048, false), earlier);
        journal.startSegmentsWith(Frames::preamble);
        next = LIVES.incrementAndGet() * FRAMES_OF_A_LIFE;
        for (int i = 0; i < earlier.numbers.size(); i++) {
            retain(earlier.numbers.get(i), earlier.positions.get(i), 4);
        }
    }

    /** Writes frames, forgets old ones, copies stuck ones forward. */
    ScriptedLife run(int steps) {
        if (random.nextInt(4) == 0) {
            while (!order.isEmpty()) {
                release(order.pollFirst());
            }
            journal.reclaim();
        }
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(20);
            if (dice == 0) {
                write(next++, 4100 + random.nextInt(3000), true);
            } else {
                write(next++, 20 + random.nextInt(400), dice < 14);
            }
            while (order.size() > 12) {
                release(dice % 3 == 0 ? order.pollLast() : order.pollFirst());
            }
            journal.reclaim();
            if (journal.wantsCompaction()) {
                compact();
            }
        }
        return this;
    }

    void close() {
        journal.close();
    }

    private void write(int number, int length, boolean durable) {
        folder.mark(new Started(number));
        byte[] payload = Frames.payload(number, length);
        long position = journal.write(payload, 0, payload.length, durable, false);
        retain(number, position, length);
        if (durable) {
            folder.mark(new Promised(number));
        }
    }

    private void retain(int number, long position, int length) {
        Kept before = live.put(number, new Kept(position, length));
        if (before != null) {
            journal.release(before.position(), before.length());
        } else {
            order.add(number);
        }
        journal.retain(position, length);
    }

    private void release(int number) {
        folder.mark(new Released(number));
        Kept kept = live.remove(number);
        journal.release(kept.position(), kept.length());
    }

    private void compact() {
        FrameCursor frames = journal.oldestFrames();
        while (frames.next()) {
            Frames.Collector one = new Frames.Collector();
            one.preambles = 1;
            one.frame(frames.position(), frames.buffer(), frames.offset(), frames.length());
            for (int number : one.numbers) {
                Kept kept = live.get(number);
                if (kept != null && kept.position() == frames.position()) {
                    long copy = journal.write(frames.buffer(), frames.offset(), frames.length(), false, true);
                    retain(number, copy, frames.length());
                }
            }
        }
        journal.reclaim();
    }

    /** What a reopening after some steps of the history must have found, and must not have found. */
    static void check(
            List<SimulatedStorage.Step> steps, List<Integer> before, Frames.Collector found, boolean allKept) {
        boolean anythingPromised = !before.isEmpty();
        SortedSet<Integer> started = new TreeSet<>(before);
        SortedSet<Integer> wanted = new TreeSet<>(allKept ? before : List.of());
        for (SimulatedStorage.Step step : steps) {
            if (step instanceof SimulatedStorage.Mark mark) {
                switch (mark.what()) {
                    case Started(int number) -> started.add(number);
                    case Promised(int number) -> {
                        anythingPromised = true;
                        if (allKept) {
                            wanted.add(number);
                        }
                    }
                    case Released(int number) -> wanted.remove(number);
                    default -> {}
                }
            }
        }
        SortedSet<Integer> unexpected = new TreeSet<>(found.numbers);
        unexpected.removeAll(started);
        wanted.removeAll(found.numbers);
        if (!unexpected.isEmpty() || !wanted.isEmpty()) {
            throw new AssertionError("lost " + wanted + ", unexpected " + unexpected + ", found " + found.numbers);
        }
        if (allKept && anythingPromised && found.preambles == 0) {
            throw new AssertionError("the preamble is lost");
        }
    }
}
