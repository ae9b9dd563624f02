// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import java.util.List;

/** A real broker of which something is different; what is not said is as it is there. */
interface Forwarding extends Broker {
    /** The real one. */
    Broker broker();

    @Override
    default String name() {
        return broker().name();
    }

    @Override
    default Capabilities capabilities() {
        return broker().capabilities();
    }

    @Override
    default List<EnqueueResult> send(List<Job> jobs) {
        return broker().send(jobs);
    }

    @Override
    default Receiver receiver(Subscription wanted) {
        return broker().receiver(wanted);
    }

    @Override
    default void close() {
        broker().close();
    }
}
