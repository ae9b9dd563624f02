// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Reply;

/** What a protocol says of requests that it cannot do. */
public interface Wording {
    /**
     * To a command that is none.
     *
     * @param words its name and what follows, as they came
     * @return code and message
     */
    String unknown(byte[][] words);

    /**
     * To a command with too few words, or too many.
     *
     * @param name of the command, in lower case
     * @return code and message
     */
    String wrongNumber(String name);

    /**
     * To bytes that are no request.
     *
     * @param message what is wrong
     * @return what is sent before the connection is closed
     */
    Reply broken(String message);
}
