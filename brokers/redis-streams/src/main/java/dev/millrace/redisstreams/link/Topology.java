// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.resp.client.Endpoint;
import java.util.Set;

/** Which server holds a key. Thread-safe. */
interface Topology {
    /** The master for a key; may ask servers. */
    Endpoint nodeOf(byte[] key);

    /** Keys of which slots may be named in one command: the same number for all that may. */
    default int slotOf(byte[] key) {
        return 0;
    }

    /** All masters; may ask servers. */
    Set<Endpoint> masters();

    /** A server cannot be reached, or is a master no longer: who is to be asked anew. */
    void doubt();

    /** A slot is somewhere else. */
    void moved(int slot, Endpoint node);
}
