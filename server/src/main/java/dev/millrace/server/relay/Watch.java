// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import java.util.Optional;
import java.util.function.Consumer;

/** Somebody who wants to know when a queue has a job. Thread-safe. */
final class Watch extends Claimable<Call.AwaitReady> {
    Watch(Call.AwaitReady call, Consumer<Call> over) {
        super(call, over);
    }

    /** Answers, unless somebody else did. */
    void give(Optional<QueueName> found) {
        if (claim()) {
            call().answer().give(found);
        }
    }
}
