// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.util.Optional;

/**
 * One line of a file of results: {@code kind number attempt [sha256 compressed]}.
 *
 * @param kind what happened
 * @param number to which job
 * @param attempt at which attempt, as the broker counts
 * @param digest what was computed, if it is done
 */
record ResultLine(Kind kind, int number, int attempt, Optional<Digest> digest) {
    /** What happened to a job. */
    enum Kind {
        /** A handler has it. */
        START,
        /** A handler failed, on purpose. */
        FAIL,
        /** A handler is done; the acknowledgement follows. */
        DONE
    }

    static ResultLine parse(String line) {
        String[] parts = line.split(" ", -1);
        Optional<Digest> digest =
                parts.length == 5 ? Optional.of(new Digest(parts[3], Long.parseLong(parts[4]))) : Optional.empty();
        return new ResultLine(Kind.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), digest);
    }

    /** The line, without its end. */
    @Override
    public String toString() {
        return kind + " " + number + " " + attempt
                + digest.map(value -> " " + value.sha256() + " " + value.compressed())
                        .orElse("");
    }
}
