// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Recovery;
import dev.millrace.embedded.journal.DiskStorage;
import dev.millrace.embedded.journal.Journal;
import dev.millrace.embedded.journal.JournalException;
import dev.millrace.embedded.journal.JournalOptions;
import dev.millrace.embedded.journal.Storage;
import dev.millrace.embedded.records.StoreState;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Opens stores: an empty one in memory, or what a directory holds. */
final class StoreOpener {
    private static final String LETTERS = "abcdefghjkmnpqrstvwxyz0123456789";
    private static final int NAME_LENGTH = 7;

    private StoreOpener() {}

    static Store inMemory(@Nullable InstantSource source) {
        StoreClock clock = StoreClock.of(source, 0);
        MemoryLog log = new MemoryLog();
        Engine engine = new Engine(clock.millis(), log);
        return new Store(engine, log, clock, new StoreState(randomName(), 1, clock.millis()), () -> {});
    }

    static Store inDirectory(Path folder, JournalOptions options, @Nullable InstantSource clock) {
        try {
            return inStorage(DiskStorage.open(folder), options, clock);
        } catch (JournalException e) {
            throw JournalLog.brokerException(e);
        }
    }

    /* The log needs to know which of its parts are needed, but is itself only there when it has been read: until then
     * nobody keeps account, and then all jobs are counted at once. */
    static Store inStorage(Storage storage, JournalOptions options, @Nullable InstantSource clock) {
        JournalLog log = new JournalLog();
        Engine engine = new Engine(0, log);
        Recovery recovery = new Recovery(engine);
        Replay replay = new Replay(recovery);
        Journal journal = Journal.open(storage, options, replay::frame);
        try {
            StoreState found = replay.state(randomName());
            StoreClock time = StoreClock.of(clock, found.present());
            engine.advance(time.millis());
            recovery.finish();
            log.attach(journal);
            recovery.account(log);
            Compactor compactor = new Compactor(engine, journal);
            Store store = new Store(engine, log, time, found, compactor::step);
            journal.startSegmentsWith(() -> Preamble.of(store.state(), engine.queues()));
            if (!replay.hasName() || replay.isOld()) {
                nameIt(store, engine, log);
            }
            return store;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /*
     * A log that was opened and closed before holds an end mark: its first segment is not fresh, and gets no preamble. And
     * a salvage may have left the name out. And what an older version named gets a new name plate, since that must not read
     * what comes now.
     */
    private static void nameIt(Store store, Engine engine, JournalLog log) {
        byte[] preamble = Preamble.of(store.state(), engine.queues());
        log.write(preamble, preamble.length, true, true);
    }

    private static String randomName() {
        SecureRandom random = new SecureRandom();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_LENGTH; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
