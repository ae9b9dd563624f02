// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.Job;
import java.util.List;
import java.util.Optional;

/**
 * Carries jobs from producers to workers. Thread-safe. It reports failures as {@link BrokerException} and never retries;
 * what it cannot do with a job it refuses with {@link UnsupportedFeatureException} before anything is sent.
 */
public interface Broker extends AutoCloseable {
    /**
     * What to call this broker in messages.
     *
     * @return its URL without secrets
     */
    String name();

    /**
     * What this broker can do.
     *
     * @return the same value for its whole life
     */
    Capabilities capabilities();

    /**
     * Hands over jobs. When it returns, what is {@link EnqueueResult.Stored} is as safe as this broker makes it.
     *
     * @param jobs the jobs
     * @return one answer per job, in order
     * @throws UnsupportedFeatureException if a job asks for what this broker cannot do; then none was sent
     * @throws BrokerException if it is not known what became of the jobs: each may be stored or not
     */
    List<EnqueueResult> send(List<Job> jobs);

    /**
     * Subscribes to queues. Queues need not exist before.
     *
     * @param wanted which queues and on which terms
     * @return a receiver of its own; close it before the broker
     */
    Receiver receiver(Subscription wanted);

    /**
     * What only some brokers are.
     *
     * @param <F> the facet
     * @param role {@link Addressable}, {@link Inspectable} or {@link Administrable}
     * @return this broker in that role, or empty
     */
    default <F> Optional<F> facet(Class<F> role) {
        return role.isInstance(this) ? Optional.of(role.cast(this)) : Optional.empty();
    }

    /**
     * Lets go of everything; closing twice is allowed. What was accepted stays with a durable broker. A closed broker
     * answers every call but {@link #name()} and {@link #capabilities()} with a lasting {@link BrokerException} that
     * says that it is closed.
     */
    @Override
    void close();
}
