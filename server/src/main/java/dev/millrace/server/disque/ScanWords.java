// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Words;

/** What QSCAN and JSCAN have in common: a cursor somewhere, COUNT and BUSYLOOP. */
final class ScanWords {
    private static final String CURSOR = "ERR invalid cursor or option name";
    private static final long USUAL_COUNT = 100;

    private boolean hasCursor;
    long cursor;
    long count = USUAL_COUNT;
    boolean busyloop;

    /** Takes a word that is no option of the command itself; says how many words it took. */
    int read(byte[][] words, int at) {
        boolean last = at == words.length - 1;
        if (Words.is(words[at], "count") && !last) {
            count = Words.number(words[at + 1]);
            return 2;
        }
        if (Words.is(words[at], "busyloop")) {
            busyloop = true;
            return 1;
        }
        if (hasCursor) {
            throw new Refusal(Refusal.SYNTAX);
        }
        cursor = Words.number(words[at], CURSOR);
        if (words[at].length == 0 || cursor < 0) {
            throw new Refusal(CURSOR);
        }
        hasCursor = true;
        return 1;
    }
}
