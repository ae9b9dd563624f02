// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import dev.millrace.embedded.journal.SimulatedStorage.Created;
import dev.millrace.embedded.journal.SimulatedStorage.Deleted;
import dev.millrace.embedded.journal.SimulatedStorage.FailedToSync;
import dev.millrace.embedded.journal.SimulatedStorage.Mark;
import dev.millrace.embedded.journal.SimulatedStorage.Renamed;
import dev.millrace.embedded.journal.SimulatedStorage.Step;
import dev.millrace.embedded.journal.SimulatedStorage.Synced;
import dev.millrace.embedded.journal.SimulatedStorage.SyncedNames;
import dev.millrace.embedded.journal.SimulatedStorage.Wrote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A power failure after a number of steps of a folder's history. Everything synced is on the disk; of what was written
 * since, an {@link Unsynced} survives. Names change on the disk in order, so only the last changes can be missing.
 */
public final class Crash {
    private final Map<Integer, byte[]> synced = new HashMap<>();
    private final Map<Integer, List<Wrote>> unsynced = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Step> unsyncedNames = new ArrayList<>();

    private Crash(SortedMap<String, byte[]> initial) {
        initial.forEach((name, content) -> {
            synced.put(names.size(), content);
            names.put(name, names.size());
        });
    }

    /**
     * The failure after some steps.
     *
     * @param storage the folder
     * @param steps how many of the steps in its history were made
     */
    public static Crash after(SimulatedStorage storage, int steps) {
        Crash crash = new Crash(storage.initial());
        storage.history().subList(0, steps).forEach(crash::step);
        return crash;
    }

    private void step(Step step) {
        switch (step) {
            case Wrote write ->
                unsynced.computeIfAbsent(write.inode(), inode -> new ArrayList<>())
                        .add(write);
            case Synced sync -> {
                List<Wrote> writes = unsynced.remove(sync.inode());
                if (writes != null) {
                    synced.merge(
                            sync.inode(), Unsynced.everything().survivors(content(sync.inode()), writes), (a, b) -> b);
                }
            }
            case FailedToSync failed -> unsynced.remove(failed.inode());
            case SyncedNames names -> {
                unsyncedNames.forEach(change -> rename(this.names, change));
                unsyncedNames.clear();
            }
            case Created created -> unsyncedNames.add(created);
            case Renamed renamed -> unsyncedNames.add(renamed);
            case Deleted deleted -> unsyncedNames.add(deleted);
            case Mark mark -> {}
        }
    }

    private byte[] content(int inode) {
        return synced.getOrDefault(inode, new byte[0]);
    }

    private static void rename(Map<String, Integer> names, Step change) {
        switch (change) {
            case Created created -> names.put(created.name(), created.inode());
            case Renamed renamed -> names.put(renamed.to(), names.remove(renamed.from()));
            case Deleted deleted -> names.remove(deleted.name());
            default -> throw new IllegalStateException("no change of names: " + change);
        }
    }

    /** How many changes of names nothing had forced to the disk. */
    public int unsyncedNames() {
        return unsyncedNames.size();
    }

    /**
     * The folder as the disk shows it afterwards.
     *
     * @param survivors what becomes of unsynced writes
     * @param survivingNames how many of the unsynced changes of names survive
     */
    public SimulatedStorage folder(Unsynced survivors, int survivingNames) {
        Map<String, Integer> after = new HashMap<>(names);
        unsyncedNames.subList(0, survivingNames).forEach(change -> rename(after, change));
        Map<String, byte[]> files = new HashMap<>();
        after.forEach((name, inode) ->
                files.put(name, survivors.survivors(content(inode), unsynced.getOrDefault(inode, List.of()))));
        return new SimulatedStorage(files);
    }
}
