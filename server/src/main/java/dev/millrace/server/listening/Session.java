// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

/** What a dialect knows of one connection. Called on the loop only. */
public interface Session {
    /**
     * Recognises a request.
     *
     * @param arguments its name and what follows; they may be kept
     * @return the request, to be begun when its turn has come
     */
    Request recognise(byte[][] arguments);

    /**
     * A request for bytes that are none: its reply is the last of the connection.
     *
     * @param message what is wrong
     * @return the request
     */
    Request broken(String message);

    /**
     * Whether it may send as much as it likes.
     *
     * @return false for a stranger that has not shown a password
     */
    boolean trusted();

    /** The connection is gone. */
    void closed();
}
