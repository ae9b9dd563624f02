// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

/** A request that is answered with an error. Knows no stack: it is a usual thing. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String SYNTAX = "ERR syntax error";
    static final String NOT_A_NUMBER = "ERR value is not an integer or out of range";
    static final String BAD_ID = "BADID Invalid Job ID format.";

    private final String line;

    Refusal(String line) {
        super(line, null, false, false);
        this.line = line;
    }

    /** Code and message, as they are sent. */
    String line() {
        return line;
    }
}
