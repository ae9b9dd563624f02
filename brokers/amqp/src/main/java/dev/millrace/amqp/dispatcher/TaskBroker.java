// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.amqp.broker.AmqpBroker;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.JobType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/*
 * The name of a task stands in its body. Here it becomes the type of the job, which is how a worker finds the handler and its
 * time limit; the uuid becomes the id. Everything else is as the broker below says.
 */
/** Tasks as jobs. */
record TaskBroker(AmqpBroker below, Set<String> names) implements Broker {
    /** Tells the handler what only the broker knows. */
    static final String REDELIVERED = "millrace-redelivered";

    @Override
    public String name() {
        return below.name();
    }

    @Override
    public Capabilities capabilities() {
        return below.capabilities();
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        return below.send(jobs);
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        return new TaskReceiver(below.receiver(wanted), names);
    }

    @Override
    public void close() {
        below.close();
    }

    private record TaskReceiver(Receiver below, Set<String> names) implements Receiver {
        @Override
        public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
            return below.receive(max, patience).stream().map(this::task).toList();
        }

        private Delivery task(Delivery delivery) {
            Map<String, String> headers = new HashMap<>(delivery.headers());
            headers.remove(JobType.HEADER);
            headers.put(REDELIVERED, "" + AmqpBroker.isRedelivered(delivery));
            JobId id = delivery.id();
            try {
                TaskReader.Written task = TaskReader.read(delivery.payload());
                if (names.contains(task.name())) {
                    headers.put(JobType.HEADER, task.name());
                }
                id = id(task.uuid(), id);
            } catch (DecodeException e) {
                // The worker finds that out again, and puts the message aside.
            }
            Delivery.Builder told = Delivery.of(id, delivery.queue(), delivery.payload(), delivery.tag())
                    .headers(headers)
                    .attempt(delivery.attempt());
            delivery.enqueuedAt().ifPresent(told::enqueuedAt);
            return told.build();
        }

        private static JobId id(String uuid, JobId otherwise) {
            try {
                return new JobId(uuid);
            } catch (IllegalArgumentException impossible) {
                return otherwise;
            }
        }

        @Override
        public List<Settled> settle(List<Settlement> settlements) {
            return below.settle(settlements);
        }

        @Override
        public void close() {
            below.close();
        }
    }
}
