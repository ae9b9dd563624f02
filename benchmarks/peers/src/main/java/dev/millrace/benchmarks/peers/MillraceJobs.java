// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Millrace by its one API, measured as everybody else is; argument: the URL of a broker. */
final class MillraceJobs implements Peer {
    private static final String QUEUE = "bench";

    private final Broker broker;
    private final Producer producer;

    private MillraceJobs(Broker broker) {
        this.broker = broker;
        this.producer = Producer.to(broker);
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        Turns.serve(new MillraceJobs(Brokers.open(arguments[0])));
    }

    @Override
    public void clear() {
        broker.facet(Administrable.class).orElseThrow().purge(new QueueName(QUEUE));
    }

    @Override
    public void enqueue(List<String> payloads) {
        if (payloads.size() == 1) {
            producer.enqueue(job(payloads.get(0)));
            return;
        }
        for (EnqueueResult result :
                producer.offer(payloads.stream().map(MillraceJobs::job).toList())) {
            if (!(result instanceof EnqueueResult.Stored)) {
                throw new IllegalStateException("not stored: " + result);
            }
        }
    }

    private static Job job(String payload) {
        return Job.of(QUEUE, Payload.text(payload));
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        return Worker.on(broker)
                .queue(QUEUE, threads)
                .retry(RetryPolicy.fixed(Duration.ZERO))
                .handle(QUEUE, (payload, job) -> handler.accept(payload.text()))
                .start();
    }

    @Override
    public void close() {
        broker.close();
    }
}
