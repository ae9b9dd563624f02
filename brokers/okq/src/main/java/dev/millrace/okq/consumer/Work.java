// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.job.Payload;
import dev.millrace.worker.DecidingHandler;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Outcome;
import java.time.Duration;

/** A callback as the handler of a worker. */
record Work(Callback callback, boolean leased) implements DecidingHandler<Payload> {
    @Override
    public Outcome handle(Payload payload, JobContext job) throws Exception {
        return callback.handle(Events.of(job, payload), new EventContext(job, leased))
                ? Outcome.done()
                : Outcome.snooze(Duration.ZERO);
    }
}
