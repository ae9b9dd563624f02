// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.job.BrokerOption;

/** What only okq can do with a job: the words of QLPUSH. Immutable and thread-safe. */
public sealed interface OkqOption extends BrokerOption {
    /** The name of this broker in options. */
    String BROKER = "okq";

    @Override
    default String broker() {
        return BROKER;
    }

    /**
     * The id of the event. While it is unclaimed or with a consumer, another one with this id is a duplicate in its queue, and
     * only there; a job that failed once has another id.
     *
     * @param id without line breaks
     */
    record EventId(String id) implements OkqOption {}

    /** The answer does not wait until the event is stored (NOBLOCK): a server that dies at once takes the job with it. */
    record NoBlock() implements OkqOption {}
}
