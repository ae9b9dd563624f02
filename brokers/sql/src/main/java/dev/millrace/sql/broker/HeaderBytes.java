// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Envelope;
import dev.millrace.job.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headers as they lie in their column: the common envelope, with nothing in it; null if there are none. */
final class HeaderBytes {
    private HeaderBytes() {}

    static byte @Nullable [] of(Map<String, String> headers) {
        return headers.isEmpty()
                ? null
                : new Envelope(headers, Payload.empty()).seal().bytes();
    }

    static Map<String, String> read(byte @Nullable [] bytes) {
        return bytes == null ? Map.of() : Envelope.open(Payload.wrap(bytes)).headers();
    }
}
