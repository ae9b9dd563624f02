// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import java.util.Locale;

/** What a server answers as. */
public enum SpokenDialect {
    /** As Disque, with the commands of okq beside its own; where both know a word, Disque's answer holds. */
    DISQUE,
    /** As okq and nothing else, to the letter of its replies. */
    OKQ;

    /** In lower case, as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
