// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import java.util.Locale;

/** What a process is for. */
enum Role {
    PRODUCER,
    WORKER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
