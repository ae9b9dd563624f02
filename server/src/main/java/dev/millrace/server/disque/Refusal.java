// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

/** A request that is answered with an error. Knows no stack: it is a usual thing, and shared. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Refusal SYNTAX = new Refusal("ERR syntax error");
    static final Refusal NOT_A_NUMBER = new Refusal("ERR value is not an integer or out of range");
    static final Refusal BAD_ID = new Refusal("BADID Invalid Job ID format.");

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
