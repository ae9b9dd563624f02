// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.doctor;

import java.util.Locale;

/**
 * What was found. Immutable.
 *
 * @param grade how bad it is
 * @param check what was looked at, in a word
 * @param detail what was seen, and what to do if it is not well
 */
public record Finding(Grade grade, String check, String detail) {
    /** How bad something is. */
    public enum Grade {
        /** As it should be. */
        OK,
        /** Works, but somebody should know. */
        WARNING,
        /** Does not work. */
        FAILED;

        /** In lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(Grade.OK, check, detail);
    }

    static Finding warning(String check, String detail) {
        return new Finding(Grade.WARNING, check, detail);
    }

    static Finding failed(String check, String detail) {
        return new Finding(Grade.FAILED, check, detail);
    }
}
