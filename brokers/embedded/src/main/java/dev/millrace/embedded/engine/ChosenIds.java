// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids that producers chose, both ways; costs heap only for jobs that have one. */
final class ChosenIds {
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<Integer, String> ids = new HashMap<>();

    /** What they take in memory, roughly. */
    long bytes() {
        return ids.size() * 170L;
    }

    boolean contains(String id) {
        return slots.containsKey(id);
    }

    /** The slot of a job, or {@link Table#NONE}. */
    int find(String id) {
        return slots.getOrDefault(id, Table.NONE);
    }

    void add(String id, int slot) {
        slots.put(id, slot);
        ids.put(slot, id);
    }

    /** The chosen id of a job that has one, or null. */
    @Nullable
    String idOf(int slot) {
        return ids.get(slot);
    }

    void remove(int slot) {
        slots.remove(ids.remove(slot));
    }
}
