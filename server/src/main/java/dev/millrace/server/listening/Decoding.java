// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.resp.ProtocolException;
import dev.millrace.resp.RequestSink;
import java.nio.ByteBuffer;

/** Makes requests of the bytes of one connection. Belongs to the loop. */
@FunctionalInterface
public interface Decoding {
    /**
     * Decodes all that has arrived; what is not whole is continued by the next call.
     *
     * @param in what has arrived
     * @param sink is given each whole request
     * @throws ProtocolException if the bytes are no request; the connection is to be closed
     */
    void decode(ByteBuffer in, RequestSink sink) throws ProtocolException;
}
