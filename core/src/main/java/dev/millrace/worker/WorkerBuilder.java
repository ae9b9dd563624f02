// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Broker;
import dev.millrace.job.Guarantee;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.InstantSource;

/** {@link Worker.Builder}. */
final class WorkerBuilder implements Worker.Builder {
    private final Broker broker;

    WorkerBuilder(Broker broker) {
        this.broker = broker;
    }

    @Override
    public Worker.Builder queue(String name, int concurrency) {
        return queue(name, concurrency, Guarantee.AT_LEAST_ONCE);
    }

    @Override
    public Worker.Builder queue(String name, int concurrency, Guarantee guarantee) {
        return this;
    }

    @Override
    public Worker.Builder handle(String queue, Handler<Payload> handler) {
        return this;
    }

    @Override
    public <T> Worker.Builder handle(JobType<T> type, Handler<T> handler) {
        return this;
    }

    @Override
    public Worker.Builder decide(String queue, DecidingHandler<Payload> handler) {
        return this;
    }

    @Override
    public <T> Worker.Builder decide(JobType<T> type, DecidingHandler<T> handler) {
        return this;
    }

    @Override
    public Worker.Builder retry(RetryPolicy policy) {
        return this;
    }

    @Override
    public Worker.Builder timeLimit(Duration limit) {
        return this;
    }

    @Override
    public Worker.Builder lease(Duration lease) {
        return this;
    }

    @Override
    public Worker.Builder observer(Observer observer) {
        return this;
    }

    @Override
    public Worker.Builder name(String name) {
        return this;
    }

    @Override
    public Worker.Builder clock(InstantSource clock) {
        return this;
    }

    @Override
    public Worker start() {
        throw new UnsupportedOperationException(broker.name());
    }
}
