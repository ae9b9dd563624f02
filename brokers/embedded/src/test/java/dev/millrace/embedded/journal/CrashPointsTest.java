// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The power fails at every point of a life: what was promised is there afterwards, in order, and nothing else. */
@Tag("slow")
class CrashPointsTest {
    private static final int LIVES = "long".equals(System.getProperty("millrace.mode")) ? 100 : 2;
    private static final int LATELY = 200;
    private static final List<Unsynced> FATES = List.of(
            Unsynced.nothing(),
            Unsynced.everything(),
            Unsynced.torn(1),
            Unsynced.torn(20),
            Unsynced.torn(Frame.HEADER),
            Unsynced.torn(Unsynced.SECTOR),
            Unsynced.torn(-1),
            Unsynced.someSectors(1),
            Unsynced.someSectors(2),
            Unsynced.someSectors(3));

    private static Frames.Collector replay(SimulatedStorage folder) {
        Frames.Collector found = new Frames.Collector();
        Journal.open(folder, new JournalOptions(Sync.ALWAYS, 4096, 0, false), found)
                .close();
        return found;
    }

    /** Crashes at every step with every fate; a disk that was seen lately is not opened again. */
    private static void crash(SimulatedStorage life, List<Integer> before, boolean promises) {
        Map<Map<String, ByteBuffer>, Frames.Collector> seen = new LinkedHashMap<>();
        List<SimulatedStorage.Step> history = life.history();
        for (int step = 0; step <= history.size(); step++) {
            Crash crash = Crash.after(life, step);
            for (int names = 0; names <= crash.unsyncedNames(); names++) {
                for (Unsynced fate : FATES) {
                    Map<String, byte[]> disk = crash.folder(fate, names).files();
                    try {
                        Frames.Collector found = seen.computeIfAbsent(comparable(disk), files -> replayTwice(disk));
                        ScriptedLife.check(history.subList(0, step), before, found, promises);
                    } catch (AssertionError | JournalException failure) {
                        throw new AssertionError(
                                "crash after step " + step + ", " + names + " names, fate " + FATES.indexOf(fate),
                                failure);
                    }
                }
            }
            if (seen.size() > LATELY) {
                seen.clear();
            }
        }
    }

    private static Map<String, ByteBuffer> comparable(Map<String, byte[]> disk) {
        return disk.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> ByteBuffer.wrap(file.getValue())));
    }

    private static Frames.Collector replayTwice(Map<String, byte[]> disk) {
        SimulatedStorage after = new SimulatedStorage(disk);
        Frames.Collector found = replay(after);
        assertThat(replay(new SimulatedStorage(after.files())).numbers).isEqualTo(found.numbers);
        return found;
    }

    @ParameterizedTest
    @EnumSource
    void atEveryPointOfAFirstLife(Sync sync) {
        for (int seed = 0; seed < LIVES; seed++) {
            SimulatedStorage folder = new SimulatedStorage();
            new ScriptedLife(folder, sync, seed).run(70).close();
            crash(folder, List.of(), sync == Sync.ALWAYS);
        }
    }

    @Test
    void atEveryPointOfALifeAfterACrash() {
        SimulatedStorage first = new SimulatedStorage();
        new ScriptedLife(first, Sync.ALWAYS, 7).run(40);
        for (int back = 1; back < 60; back += 7) {
            SimulatedStorage second =
                    Crash.after(first, first.history().size() - back).folder(Unsynced.someSectors(back), 0);
            List<Integer> before = replay(new SimulatedStorage(second.files())).numbers;
            new ScriptedLife(second, Sync.ALWAYS, 8).run(8).close();
            crash(second, before, true);
        }
    }

    @Property(tries = 150)
    @net.jqwik.api.Tag("slow")
    void anyNumberOfCrashesInARow(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int crashes) {
        Random random = new Random(seed);
        SimulatedStorage folder = new SimulatedStorage();
        List<Integer> before = List.of();
        for (int i = 0; i < crashes; i++) {
            new ScriptedLife(folder, Sync.ALWAYS, random.nextLong()).run(random.nextInt(60));
            int steps = random.nextInt(folder.history().size() + 1);
            Crash crash = Crash.after(folder, steps);
            int names = random.nextInt(crash.unsyncedNames() + 1);
            SimulatedStorage after = crash.folder(FATES.get(random.nextInt(FATES.size())), names);
            Frames.Collector found = replay(new SimulatedStorage(after.files()));
            ScriptedLife.check(folder.history().subList(0, steps), before, found, true);
            before = found.numbers;
            folder = after;
        }
    }

    /** What a killed process wrote can be read at once, but is not on the disk before the next one brings it there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAReopeningFoundOutlivesAPowerFailure(boolean afterAFailedSync) {
        SimulatedStorage folder = new SimulatedStorage();
        Journal killed = Journal.open(folder, new JournalOptions(Sync.ALWAYS, 4096, 0, false), (p, b, o, l) -> {});
        killed.startSegmentsWith(Frames::preamble);
        for (int i = 0; i < 50; i++) {
            byte[] payload = Frames.payload(i, 150);
            killed.write(payload, 0, payload.length, i < 45, false);
        }
        if (afterAFailedSync) {
            folder.failSyncs(true);
            assertThatThrownBy(() -> killed.write(Frames.payload(50, 9), 0, 9, true, false))
                    .isInstanceOf(JournalBrokenException.class);
            folder.failSyncs(false);
        }
        Frames.Collector found = new Frames.Collector();
        Journal next = Journal.open(folder, new JournalOptions(Sync.ALWAYS, 4096, 0, false), found);
        next.write(Frames.payload(100, 9), 0, 9, true, false);
        assertThat(found.numbers).hasSizeGreaterThanOrEqualTo(50);
        found.numbers.add(100);
        for (Unsynced fate : FATES) {
            Crash crash = Crash.after(folder, folder.history().size());
            assertThat(replay(crash.folder(fate, 0)).numbers).isEqualTo(found.numbers);
        }
    }

    @Test
    void thePreambleOutlivesEverythingBeforeIt() {
        SimulatedStorage life = new SimulatedStorage();
        new ScriptedLife(life, Sync.ALWAYS, 3).run(30).close();
        for (int step = 0; step < life.history().size(); step++) {
            SimulatedStorage crashed = Crash.after(life, step).folder(Unsynced.nothing(), 0);
            Frames.Collector found = new Frames.Collector();
            Journal journal = Journal.open(crashed, new JournalOptions(Sync.ALWAYS, 4096, 0, false), found);
            journal.reclaim();
            journal.close();
            assertThat(replay(new SimulatedStorage(crashed.files())).preambles > 0)
                    .as("step %d", step)
                    .isEqualTo(found.preambles > 0);
        }
    }

    @Test
    void whatWasCutOffNeverComesBackBehindLaterFramesOfTheSameSize() {
        for (int seed = 0; seed < 200; seed++) {
            SimulatedStorage folder = new SimulatedStorage();
            writeAlike(folder, 0, 12);
            SimulatedStorage crashed =
                    Crash.after(folder, folder.history().size()).folder(Unsynced.someSectors(seed), 0);
            List<Integer> first = replay(new SimulatedStorage(crashed.files())).numbers;
            writeAlike(crashed, 100, 1 + seed % 5);
            List<Integer> second = replay(new SimulatedStorage(crashed.files())).numbers;
            assertThat(second.subList(0, first.size())).isEqualTo(first);
            assertThat(second.subList(first.size(), second.size())).isNotEmpty().allMatch(number -> number >= 100);
        }
    }

    private static void writeAlike(SimulatedStorage folder, int first, int count) {
        Journal journal = Journal.open(folder, new JournalOptions(Sync.NEVER, 1 << 16, 0, false), (p, b, o, l) -> {});
        journal.startSegmentsWith(Frames::preamble);
        for (int i = 0; i < count; i++) {
            byte[] payload = Frames.payload(first + i, 512 - Frame.HEADER);
            journal.write(payload, 0, payload.length, true, false);
        }
    }

    @Test
    void framesComeBackInOrderWithoutGaps() {
        SimulatedStorage folder = new SimulatedStorage();
        try (Journal journal =
                Journal.open(folder, new JournalOptions(Sync.ALWAYS, 4096, 0, false), (p, b, o, l) -> {})) {
            journal.startSegmentsWith(Frames::preamble);
            for (int i = 0; i < 60; i++) {
                byte[] payload = Frames.payload(i, 150);
                journal.write(payload, 0, payload.length, i % 3 == 0, false);
            }
        }
        for (int step = 0; step < folder.history().size(); step++) {
            for (Unsynced fate : FATES) {
                List<Integer> found = replay(Crash.after(folder, step).folder(fate, 0)).numbers;
                assertThat(found)
                        .isEqualTo(IntStream.range(0, found.size()).boxed().toList());
            }
        }
    }
}
