// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueJobId;
import dev.millrace.disque.DisqueQueue;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobState;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;

/** Does it with copies of jobs, on Disque itself. */
final class ByCopies implements Means {
    private final DelayByCopy delay;
    private final DeadByCopy dead;

    ByCopies(Site site) {
        this.delay = new DelayByCopy(site);
        this.dead = new DeadByCopy(site);
    }

    @Override
    public Capabilities capabilities() {
        return Terms.COPIES;
    }

    @Override
    public Settled release(Settlement.Release release, DisqueTag tag) {
        return delay.put(release, tag);
    }

    @Override
    public Settled bury(Settlement.DeadLetter letter, DisqueTag tag) {
        return dead.put(letter, tag);
    }

    @Override
    public Optional<String> letters(String queue) {
        return DeadByCopy.origin(queue);
    }

    @Override
    public boolean makesCopies() {
        return true;
    }

    @Override
    public JobState[] outsideQueues() {
        return new JobState[] {JobState.ACTIVE};
    }

    @Override
    public boolean isDead(JobDetails job) {
        return job.queue().map(DisqueQueue::text).flatMap(this::letters).isPresent();
    }

    @Override
    public List<DisqueJobId> dead(DisqueClient node, QueueName queue, int max) {
        return node.queues().peek(DeadByCopy.queue(queue), max).stream()
                .map(DisqueJob::id)
                .toList();
    }

    @Override
    public long purgeDead(DisqueClient node, QueueName queue) {
        return dead.purge(node, queue);
    }

    @Override
    public long redrive(DisqueClient node, QueueName queue, int max) {
        return dead.redrive(node, queue, max);
    }

    @Override
    public Settled revive(JobDetails letter) {
        return dead.revive(letter);
    }
}
