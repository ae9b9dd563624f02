// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import java.nio.charset.StandardCharsets;

/**
 * An event that was popped or looked at. Immutable but for its bytes.
 *
 * @param queue where it is
 * @param id its id, unique within the queue
 * @param contents what it says; not a copy
 */
@SuppressWarnings("ArrayRecordComponent") // An event is compared by who it is, below.
public record OkqEvent(OkqName queue, OkqName id, byte[] contents) {
    /**
     * The contents as text.
     *
     * @return the bytes read as UTF-8
     */
    public String text() {
        return new String(contents, StandardCharsets.UTF_8);
    }

    /** The same event: queue and id. */
    @Override
    public boolean equals(Object other) {
        return other instanceof OkqEvent event && queue.equals(event.queue) && id.equals(event.id);
    }

    @Override
    public int hashCode() {
        return 31 * queue.hashCode() + id.hashCode();
    }

    /** Queue, id and size; never the contents. */
    @Override
    public String toString() {
        return "OkqEvent[" + queue + ", " + id + ", " + contents.length + " bytes]";
    }
}
