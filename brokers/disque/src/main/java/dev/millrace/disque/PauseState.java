// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.Locale;

/** Whether a queue takes and gives jobs on the asked node. */
public enum PauseState {
    /** It does both. */
    NONE,
    /** It takes none: ADDJOB is refused with {@link PausedException}. */
    IN,
    /** It gives none: GETJOB waits. */
    OUT,
    /** It does neither. */
    ALL;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PauseState of(String word) {
        for (PauseState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new DisqueProtocolException(
                "the server knows a pause state '" + word + "' that this client does not", null);
    }
}
