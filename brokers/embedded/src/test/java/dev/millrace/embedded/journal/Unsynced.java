// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import dev.millrace.embedded.journal.SimulatedStorage.Wrote;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What becomes, when the power fails, of writes to a file that nothing had forced to the disk. */
@FunctionalInterface
public interface Unsynced {
    /** The size of what a disk writes whole or not at all. */
    int SECTOR = 512;

    /**
     * The bytes of a file afterwards.
     *
     * @param synced what was on the disk for sure; not to be changed
     * @param writes what was written since
     */
    byte[] survivors(byte[] synced, List<Wrote> writes);

    /** None of them survive. */
    static Unsynced nothing() {
        return (synced, writes) -> synced;
    }

    /** All of them survive: the process died, the system did not. */
    static Unsynced everything() {
        return Unsynced::applied;
    }

    /** All survive, but the last one is torn: only this many bytes of it survive, counted from its end if negative. */
    static Unsynced torn(int bytes) {
        return (synced, writes) -> {
            if (writes.isEmpty()) {
                return synced;
            }
            Wrote last = writes.get(writes.size() - 1);
            int length = last.bytes().length;
            int kept = Math.clamp(bytes >= 0 ? bytes : (long) length + bytes, 0, length);
            byte[] content = applied(synced, writes.subList(0, writes.size() - 1));
            return SimulatedStorage.patched(content, last.position(), Arrays.copyOf(last.bytes(), kept));
        };
    }

    /** Only some sectors survive, drawn by lot. */
    static Unsynced someSectors(long seed) {
        return (synced, writes) -> {
            Random random = new Random(seed * 31 + synced.length + writes.size());
            byte[] content = synced.clone();
            for (Wrote write : writes) {
                int at = 0;
                while (at < write.bytes().length) {
                    int left = SECTOR - (int) ((write.position() + at) % SECTOR);
                    int end = Math.min(write.bytes().length, at + left);
                    if (random.nextBoolean()) {
                        byte[] part = Arrays.copyOfRange(write.bytes(), at, end);
                        content = SimulatedStorage.patched(content, write.position() + at, part);
                    }
                    at = end;
                }
            }
            return content;
        };
    }

    private static byte[] applied(byte[] synced, List<Wrote> writes) {
        byte[] content = synced.clone();
        for (Wrote write : writes) {
            content = SimulatedStorage.patched(content, write.position(), write.bytes());
        }
        return content;
    }
}
