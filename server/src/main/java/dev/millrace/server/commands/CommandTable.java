// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import org.jspecify.annotations.Nullable;

/*
 * Found by a hash of the name in lower case, without making a string of it.
 */
/** The commands that a port knows, of one protocol or of several. Belongs to the loop. */
public final class CommandTable {
    private static final int SLOTS = 256;
    private static final int PRIME = 31;

    private final @Nullable Row[] slots = new Row[SLOTS];
    private final Statistics statistics;
    private final Wording wording;

    /**
     * A command that was found.
     *
     * @param command the command
     * @param counter counts how often it was given
     */
    public record Row(Command command, Statistics.Counter counter) {}

    /**
     * A table without commands.
     *
     * @param statistics counts what is given
     * @param wording what is said of commands that are none
     */
    public CommandTable(Statistics statistics, Wording wording) {
        this.statistics = statistics;
        this.wording = wording;
    }

    /**
     * Adds a command.
     *
     * @param command one whose name is not there yet
     */
    public void add(Command command) {
        int slot = slot(Words.ascii(command.name()));
        slots[slot] = new Row(command, statistics.counter(command.name()));
    }

    /** The command of this name, in upper or lower case; null for a word that is none. */
    public @Nullable Row find(byte[] name) {
        return slots[slot(name)];
    }

    /** What is said of commands that are none. */
    Wording wording() {
        return wording;
    }

    /** Where a name is, or where it would be put. */
    private int slot(byte[] name) {
        int hash = name.length;
        for (byte letter : name) {
            hash = hash * PRIME + Words.lower(letter);
        }
        int slot = (hash ^ (hash >>> 11)) & (SLOTS - 1);
        Row row = slots[slot];
        while (row != null && !Words.is(name, row.command().name())) {
            slot = (slot + 1) & (SLOTS - 1);
            row = slots[slot];
        }
        return slot;
    }
}
