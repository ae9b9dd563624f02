// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Phase;
import java.util.List;

/**
 * A row of the table of commands.
 *
 * @param name in lower case
 * @param arity how many words with the name; negative is at least, 0 is any number
 * @param flags as COMMAND lists them
 * @param group who may give it
 * @param phase when in a turn it is done
 * @param handler does it
 * @param wording what is said if there are too few words
 */
public record Command(
        String name, int arity, List<String> flags, Group group, Phase phase, Handler handler, Wording wording) {
    /** The second half of a row. */
    @FunctionalInterface
    public interface Begun {
        /**
         * Ends the row.
         *
         * @param group who may give it
         * @param phase when in a turn it is done
         * @param handler does it
         * @return the row
         */
        Command is(Group group, Phase phase, Handler handler);
    }

    /**
     * Begins a row.
     *
     * @param name in lower case
     * @param arity how many words with the name; negative is at least, 0 is any number
     * @param flags with blanks between them
     * @param wording what is said if there are too few words
     * @return the rest of the row
     */
    public static Begun named(String name, int arity, String flags, Wording wording) {
        return (group, phase, handler) ->
                new Command(name, arity, List.of(flags.split(" ", -1)), group, phase, handler, wording);
    }

    /** Whether it is refused when memory is short. */
    boolean deniedOutOfMemory() {
        return flags.contains("denyoom");
    }

    boolean fits(int words) {
        return arity == 0 || (arity > 0 ? words == arity : words >= -arity);
    }
}
