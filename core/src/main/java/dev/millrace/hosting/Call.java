// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Pause;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One thing that a server asks of a {@link Host}, and where the answer goes. */
public sealed interface Call {
    /** In whatever queue. */
    Predicate<QueueName> ANYWHERE = queue -> true;

    /**
     * Stores a job.
     *
     * @param job the job; its delay and expiry in whole milliseconds
     * @param terms what it asks for beside that
     * @param answer gets its number, or why it was refused
     */
    record Add(Job job, Terms terms, Answer<Added> answer) implements Call {}

    /**
     * What became of an {@link Add}.
     *
     * @param number the number of the job, or of the one that had its chosen id before; 0 if there is none
     * @param result stored, duplicate or refused
     */
    record Added(long number, EnqueueResult result) {}

    /**
     * Takes jobs: one of each queue in turn, from the first to the last and from the beginning again. Takes that wait are
     * served in the order in which they came; one that had to wait gets one job.
     *
     * @param queues from which queues
     * @param max how many at most; 1 or more
     * @param patient whether it waits if there are none; else it is answered with none. What waits is answered with none
     *     when the host is closed or flushed
     * @param leaseMillis after how long a job that was not acknowledged is queued again, before all others if it went
     *     before them the first time; 0 ends it before it is handed out; {@link #OWN_LEASE} leaves it to each job. A job that
     *     is delivered at most once is never queued again
     * @param answer gets the jobs
     */
    record Take(List<QueueName> queues, int max, boolean patient, long leaseMillis, Answer<List<HostedJob>> answer)
            implements Call {
        /** Each job says itself for how long a worker has it. */
        public static final long OWN_LEASE = -1;

        /**
         * Takes jobs for as long as each says.
         *
         * @param queues from which queues
         * @param max how many at most; 1 or more
         * @param patient whether it waits if there are none
         * @param answer gets the jobs
         */
        public Take(List<QueueName> queues, int max, boolean patient, Answer<List<HostedJob>> answer) {
            this(queues, max, patient, OWN_LEASE, answer);
        }
    }

    /**
     * Waits until a queue has a job that could be taken, and takes none. All that wait are told, in the order in which they
     * and the takes came; whoever is told may find that another was faster.
     *
     * @param queues which queues; if several have jobs, each is named in turn
     * @param patient whether it waits if no queue has one; else it is answered with none. What waits is answered with none
     *     when the host is closed or flushed
     * @param answer gets a queue that has a job, or nothing
     */
    record AwaitReady(List<QueueName> queues, boolean patient, Answer<Optional<QueueName>> answer) implements Call {}

    /**
     * Changes jobs.
     *
     * @param verb how
     * @param numbers which
     * @param where in which queues; a job of any other is unknown. Asked on any thread, and must be quick
     * @param answer gets how many were changed; unknown ones and those that the verb does not fit are not counted
     */
    record Change(Verb verb, List<Long> numbers, Predicate<QueueName> where, Answer<Integer> answer) implements Call {
        /**
         * Changes jobs of whatever queue.
         *
         * @param verb how
         * @param numbers which
         * @param answer gets how many were changed
         */
        public Change(Verb verb, List<Long> numbers, Answer<Integer> answer) {
            this(verb, numbers, ANYWHERE, answer);
        }
    }

    /**
     * Changes the job of a queue that has an id which its producer chose.
     *
     * @param verb how
     * @param queue where it is
     * @param id which
     * @param otherwise the number of the job that is meant if none has this id; 0 if none is
     * @param answer gets 1, or 0 if there is none in this queue, or the verb does not fit it
     */
    record ChangeChosen(Verb verb, QueueName queue, JobId id, long otherwise, Answer<Integer> answer) implements Call {}

    /**
     * Lets a worker have a job for longer: its retry time begins anew; a queued job is taken out of its queue.
     *
     * @param number which
     * @param where in which queues; a job of any other is unknown. Asked on any thread, and must be quick
     * @param answer gets what became of it
     */
    record Renew(long number, Predicate<QueueName> where, Answer<Renewal> answer) implements Call {
        /**
         * Lets a worker have a job of whatever queue for longer.
         *
         * @param number which
         * @param answer gets what became of it
         */
        public Renew(long number, Answer<Renewal> answer) {
            this(number, ANYWHERE, answer);
        }
    }

    /**
     * Waits until a job has ended or was put aside.
     *
     * @param number which
     * @param where in which queues; a job of any other is unknown. Asked on any thread, and must be quick
     * @param answer gets how it ended; fails if the host is closed first
     */
    record Await(long number, Predicate<QueueName> where, Answer<Ending> answer) implements Call {
        /**
         * Waits until a job of whatever queue has ended or was put aside.
         *
         * @param number which
         * @param answer gets how it ended; fails if the host is closed first
         */
        public Await(long number, Answer<Ending> answer) {
            this(number, ANYWHERE, answer);
        }
    }

    /**
     * Looks at a job.
     *
     * @param number which
     * @param where in which queues; a job of any other is unknown. Asked on any thread, and must be quick
     * @param answer gets it, or nothing if there is none
     */
    record Show(long number, Predicate<QueueName> where, Answer<Optional<HostedView>> answer) implements Call {
        /**
         * Looks at a job of whatever queue.
         *
         * @param number which
         * @param answer gets it, or nothing if there is none
         */
        public Show(long number, Answer<Optional<HostedView>> answer) {
            this(number, ANYWHERE, answer);
        }
    }

    /**
     * Looks at the job that has an id which its producer chose.
     *
     * @param id which
     * @param where in which queues; a job of any other is unknown. Asked on any thread, and must be quick
     * @param answer gets it, or nothing if there is none
     */
    record Find(JobId id, Predicate<QueueName> where, Answer<Optional<HostedView>> answer) implements Call {
        /**
         * Looks at a job of whatever queue.
         *
         * @param id which
         * @param answer gets it, or nothing if there is none
         */
        public Find(JobId id, Answer<Optional<HostedView>> answer) {
            this(id, ANYWHERE, answer);
        }
    }

    /**
     * Looks at jobs that are queued.
     *
     * @param queue of which queue
     * @param max how many at most; negative begins with the newest
     * @param answer gets them, the next or the newest first
     */
    record Peek(QueueName queue, long max, Answer<List<HostedJob>> answer) implements Call {}

    /**
     * Looks at a queue.
     *
     * @param queue which
     * @param answer gets how it stands, or nothing if it is not known
     */
    record Look(QueueName queue, Answer<Optional<HostedQueue>> answer) implements Call {}

    /**
     * Pauses a queue or lets it go; survives a restart of a durable host.
     *
     * @param queue which; it is known from then on
     * @param pause what is to be paused from now on
     * @param answer gets the same
     */
    record SetPause(QueueName queue, Pause pause, Answer<Pause> answer) implements Call {}

    /**
     * Lists queues.
     *
     * @param cursor 0 to begin, then what the last page said
     * @param steps how many queues to look at; at least one is
     * @param answer gets them
     */
    record ListQueues(long cursor, int steps, Answer<Page<HostedQueue>> answer) implements Call {}

    /**
     * Lists jobs.
     *
     * @param cursor 0 to begin, then what the last page said
     * @param steps how many jobs to look at; at least one is
     * @param filter which of them
     * @param answer gets them
     */
    record ListJobs(long cursor, int steps, Filter filter, Answer<Page<HostedView>> answer) implements Call {}

    /**
     * Which jobs are listed.
     *
     * @param queue those of this queue, or of all if empty
     * @param states those in one of these states
     */
    record Filter(Optional<QueueName> queue, Set<HostedView.State> states) {
        /** Keeps the set. */
        public Filter {
            states = Set.copyOf(states);
        }
    }

    /**
     * Ends all jobs, forgets all queues with their pauses, and answers those that wait with nothing. For tests.
     *
     * @param answer gets how many jobs there were
     */
    record Flush(Answer<Long> answer) implements Call {}

    /**
     * Ends all jobs of a queue, those with workers too, but not those that were put aside.
     *
     * @param queue which
     * @param answer gets how many there were
     */
    record FlushQueue(QueueName queue, Answer<Long> answer) implements Call {}

    /**
     * Where the answer goes.
     *
     * @return the same each time
     */
    Answer<?> answer();
}
