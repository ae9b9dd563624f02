// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

/** What is checked of all arguments alike. */
final class Arguments {
    /** What Java puts in the place of bytes that are no text in the encoding of the locale. */
    private static final char UNDECODABLE = '\uFFFD';

    private Arguments() {}

    /**
     * Refuses arguments that did not survive the way into Java, instead of carrying something else than was written.
     *
     * @throws IllegalArgumentException naming the first one
     */
    static void refuseUndecodable(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].indexOf(UNDECODABLE) >= 0) {
                throw new IllegalArgumentException("argument " + (i + 1)
                        + " has bytes that are no text in this locale; set LC_ALL to one with UTF-8, such as C.UTF-8, or"
                        + " give a body on standard input with -");
            }
        }
    }
}
