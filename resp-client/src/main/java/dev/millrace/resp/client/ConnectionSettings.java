// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a server are made and used. Immutable; a client checks the values.
 *
 * @param protocol what is spoken
 * @param tls encrypts connections and checks the name of the host; null for none
 * @param times how long things may take
 * @param connections how many there are at most for commands that wait at the server, and as many again for all others
 * @param inFlight how many commands a pipeline has waiting and sent at most
 */
public record ConnectionSettings(
        Protocol protocol, @Nullable SSLContext tls, Times times, int connections, int inFlight) {
    /**
     * How long things may take.
     *
     * @param connect connecting, encryption and greeting included
     * @param reply a reply, beyond what the server was told to wait
     * @param waitMargin how much later than asked a waiting command may be answered
     * @param idle after which time unused connections are closed
     * @param checkAfter an unused connection older than this is tried before it is used again
     */
    public record Times(Duration connect, Duration reply, Duration waitMargin, Duration idle, Duration checkAfter) {}
}
