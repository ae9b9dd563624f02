// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.job.Payload;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqName;
import dev.millrace.worker.JobContext;

/** Jobs as the events that they are. */
final class Events {
    private Events() {}

    static OkqEvent of(JobContext job, Payload payload) {
        return new OkqEvent(OkqName.of(job.queue().value()), OkqName.of(job.id().value()), payload.bytes());
    }

    /** Of an event that is over its contents are not known any more. */
    static OkqEvent of(JobContext job) {
        return of(job, Payload.empty());
    }
}
