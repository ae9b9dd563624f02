// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueJobId;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobState;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;

/*
 * Disque cannot hand a job back for later, change what it carries, or put it aside. A server of Millrace has words for it
 * (ByWords); on all others copies do it (ByCopies). Nobody else needs to know which.
 */
/** How the broker does what the protocol of Disque has no words for. Thread-safe. */
interface Means {
    /** What the broker says of itself. */
    Capabilities capabilities();

    /** Hands a job back with a delay, or with other headers. */
    Settled release(Settlement.Release release, DisqueTag tag);

    /** Puts a job aside. */
    Settled bury(Settlement.DeadLetter letter, DisqueTag tag);

    /** The queue whose dead letters lie in a queue of the server; empty if others do. */
    Optional<String> letters(String queue);

    /** Whether jobs become copies with another id on the server. */
    boolean makesCopies();

    /** In which states jobs of the server are that lie in no queue of it. */
    JobState[] outsideQueues();

    /** Whether a job is a dead letter. */
    boolean isDead(JobDetails job);

    /** The dead letters of a queue on a node, the oldest first. */
    List<DisqueJobId> dead(DisqueClient node, QueueName queue, int max);

    /** Throws away the dead letters of a queue on a node; how many there were. */
    long purgeDead(DisqueClient node, QueueName queue);

    /** Makes dead letters of a queue on a node ready; how many. */
    long redrive(DisqueClient node, QueueName queue, int max);

    /** Makes one dead letter ready. */
    Settled revive(JobDetails letter);
}
