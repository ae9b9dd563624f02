// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

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
 */
record Command(String name, int arity, List<String> flags, Group group, Phase phase, Handler handler) {
    /** Whether it is refused when memory is short. */
    boolean deniedOutOfMemory() {
        return flags.contains("denyoom");
    }

    boolean fits(int words) {
        return arity == 0 || (arity > 0 ? words == arity : words >= -arity);
    }
}
