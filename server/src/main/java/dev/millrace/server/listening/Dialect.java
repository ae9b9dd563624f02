// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.resp.RequestDecoder;
import dev.millrace.resp.RequestLimits;

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
     * Reads the bytes of a connection.
     *
     * @param limits what is refused as too large
     * @return one for this connection; if nothing else is said, as Redis and Disque read theirs
     */
    default Decoding decoding(RequestLimits limits) {
        return new RequestDecoder(limits)::decode;
    }

    /**
     * What a connection reads that is one too many.
     *
     * @return an encoded error
     */
    byte[] oneTooMany();
}
