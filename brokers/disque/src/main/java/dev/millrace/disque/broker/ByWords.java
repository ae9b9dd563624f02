// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueJobId;
import dev.millrace.disque.DisquePool;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobState;
import dev.millrace.disque.MillraceWords;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Does it with the words of a server of Millrace: one command each, so there is nothing to die in between, and a job that
 * is put aside is a dead letter of the broker behind the server.
 */
record ByWords(Site site) implements Means {
    private static final Set<String> NEEDED =
            Set.of("nack-pdelay", "nack-header", "deadjob-header", "deadlist", "redrive", "revive", "deadpurge");

    private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

    /** Whether the first node that says what it has, has all that is needed. */
    static boolean has(DisquePool pool) {
        return pool.clients()
                .getFirst()
                .millrace()
                .filter(words -> words.extensions().containsAll(NEEDED))
                .isPresent();
    }

    private static MillraceWords words(DisqueClient node) {
        return node.millrace()
                .orElseThrow(() -> BrokerException.lasting(
                        node.node() + " is no server of Millrace any more; open the broker again", null));
    }

    @Override
    public Capabilities capabilities() {
        return Terms.WORDS;
    }

    @Override
    public Settled release(Settlement.Release release, DisqueTag tag) {
        DisqueJob job = tag.job();
        return settled(words(site.node(job))
                .nack(Terms.shorter(release.delay(), LONGEST_DELAY), release.headers(), List.of(job.id())));
    }

    @Override
    public Settled bury(Settlement.DeadLetter letter, DisqueTag tag) {
        DisqueJob job = tag.job();
        return settled(words(site.node(job)).bury(letter.reason(), letter.headers(), List.of(job.id())));
    }

    private static Settled settled(int jobs) {
        return jobs == 1 ? Settled.CONFIRMED : Settled.LOST;
    }

    @Override
    public Optional<String> letters(String queue) {
        return Optional.empty();
    }

    @Override
    public boolean makesCopies() {
        return false;
    }

    @Override
    public JobState[] outsideQueues() {
        return new JobState[] {JobState.ACTIVE, JobState.DEAD};
    }

    @Override
    public boolean isDead(JobDetails job) {
        return job.state() == JobState.DEAD;
    }

    @Override
    public List<DisqueJobId> dead(DisqueClient node, QueueName queue, int max) {
        return words(node).dead(queue.value(), max).stream()
                .map(letter -> letter.details().id())
                .toList();
    }

    @Override
    public long purgeDead(DisqueClient node, QueueName queue) {
        return words(node).purgeDead(queue.value());
    }

    @Override
    public long redrive(DisqueClient node, QueueName queue, int max) {
        return words(node).redrive(queue.value(), max);
    }

    @Override
    public Settled revive(JobDetails letter) {
        return settled(site.pool().clients().stream()
                .mapToInt(node -> words(node).revive(letter.id()))
                .sum());
    }
}
