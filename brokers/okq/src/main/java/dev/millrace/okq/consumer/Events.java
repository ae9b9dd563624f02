// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.job.Payload;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.broker.OkqBroker;
import dev.millrace.worker.JobContext;
import java.util.Base64;

/** Jobs as the events that they are. */
final class Events {
    private Events() {}

    static OkqEvent of(JobContext job, Payload payload) {
        return new OkqEvent(OkqName.of(job.queue().value()), id(job), payload.bytes());
    }

    private static OkqName id(JobContext job) {
        OkqName own = OkqName.of(job.id().value());
        String header = job.headers().get(OkqBroker.EVENT_ID_HEADER);
        try {
            return header == null ? own : OkqName.of(Base64.getDecoder().decode(header));
        } catch (IllegalArgumentException fromSomebodyElse) {
            return own;
        }
    }

    /** Of an event that is over its contents are not known any more. */
    static OkqEvent of(JobContext job) {
        return of(job, Payload.empty());
    }
}
