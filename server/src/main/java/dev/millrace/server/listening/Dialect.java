// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

/** A protocol on top of RESP: what requests mean. Called on the loop only. */
public interface Dialect {
    /**
     * Greets a connection.
     *
     * @param connection the connection
     * @return what the dialect knows of it
     */
    Session open(Connection connection);

    /**
     * What a connection reads that is one too many.
     *
     * @return an encoded error
     */
    byte[] oneTooMany();
}
