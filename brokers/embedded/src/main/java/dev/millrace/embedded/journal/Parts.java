// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.util.concurrent.atomic.AtomicLong;

/** What the writer of a journal works with; the journal puts it together. */
record Parts(
        Storage folder,
        Health health,
        SegmentTable table,
        Durability durability,
        Spares spares,
        Disposal disposal,
        TailCache cache,
        AtomicLong bytesWritten,
        Runnable housekeeper) {
    void wake() {
        housekeeper.run();
    }
}
