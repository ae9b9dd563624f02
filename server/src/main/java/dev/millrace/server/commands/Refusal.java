// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

/** A request that is answered with an error. Knows no stack: it is a usual thing. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final String SYNTAX = "ERR syntax error";
    public static final String NOT_A_NUMBER = "ERR value is not an integer or out of range";
    public static final String BAD_ID = "BADID Invalid Job ID format.";

    private final String line;

    public Refusal(String line) {
        super(line, null, false, false);
        this.line = line;
    }

    /** Code and message, as they are sent. */
    public String line() {
        return line;
    }
}
