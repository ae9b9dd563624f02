// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.toy;

import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What survives when a toy broker is closed: jobs in lists, in the order in which they come. Used under its lock. */
public final class ToyStore {
    final ReentrantLock lock = new ReentrantLock();
    final Condition looked = lock.newCondition();
    final Map<QueueName, List<ToyJob>> queues = new TreeMap<>(Comparator.comparing(QueueName::value));
    final Map<JobId, ToyJob> byId = new HashMap<>();
    final Map<QueueName, Pause> pauses = new HashMap<>();
    final Set<Fault> faults;
    private final InstantSource clock;
    private long changes;
    long given;

    /** A store without jobs. */
    public ToyStore(InstantSource clock, Set<Fault> faults) {
        this.clock = clock;
        this.faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    Instant now() {
        return clock.instant();
    }

    List<ToyJob> queue(QueueName name) {
        return queues.computeIfAbsent(name, key -> new ArrayList<>());
    }

    Pause pause(QueueName name) {
        return pauses.getOrDefault(name, Pause.NONE);
    }

    /** How often anything changed. */
    public long changes() {
        return changes;
    }

    void changed() {
        changes++;
        if (!has(Fault.NEVER_WAKES)) {
            looked.signalAll();
        }
    }

    void place(ToyJob job, boolean front) {
        job.state = job.due.isAfter(now()) ? JobState.WAITING : JobState.READY;
        List<ToyJob> list = queue(job.queue);
        list.remove(job);
        list.add(front ? 0 : list.size(), job);
        byId.put(job.id, job);
        changed();
    }

    void forget(ToyJob job) {
        queue(job.queue).remove(job);
        byId.remove(job.id, job);
        changed();
    }

    /** Ends what has ended by now in a queue, in the order of its time. */
    void tidy(QueueName name) {
        List<ToyJob> list = queues.get(name);
        if (list == null) {
            return;
        }
        List<ToyJob> over = new ArrayList<>();
        for (ToyJob job : List.copyOf(list)) {
            if (job.expires != null && !job.expires.isAfter(now()) && expirable(job)) {
                forget(job);
            } else if ((job.state == JobState.WAITING || job.state == JobState.LEASED)
                    && !job.due.minus(early(job)).isAfter(now())) {
                over.add(job);
            }
        }
        over.sort(Comparator.comparing((ToyJob job) -> job.due));
        for (ToyJob job : over) {
            boolean leased = job.state == JobState.LEASED;
            list.remove(job);
            list.add(leased ? 0 : list.size(), job);
            job.state = JobState.READY;
        }
    }

    void tidyAll() {
        List.copyOf(queues.keySet()).forEach(this::tidy);
    }

    private Duration early(ToyJob job) {
        if (job.state == JobState.LEASED) {
            return Duration.ofMillis(
                    has(Fault.LEASE_ENDS_EARLY) ? 1 : has(Fault.LEASE_NEVER_ENDS) ? -1_000_000_000 : 0);
        }
        return Duration.ofMillis(has(Fault.DELAY_ENDS_EARLY) ? 1 : has(Fault.DELAY_ENDS_LATE) ? -1 : 0);
    }

    private boolean expirable(ToyJob job) {
        return !has(Fault.EXPIRY_IGNORED)
                && switch (job.state) {
                    case READY, WAITING -> true;
                    case LEASED -> has(Fault.EXPIRY_HITS_THE_LEASED);
                    case DEAD -> has(Fault.DEAD_LETTERS_EXPIRE);
                };
    }

    @Nullable
    ToyJob next(QueueName name) {
        Pause pause = pause(name);
        if (pause == Pause.OUT || pause == Pause.BOTH) {
            return null;
        }
        ToyJob best = null;
        for (ToyJob job : queues.getOrDefault(name, List.of())) {
            if (job.state != JobState.READY) {
                continue;
            }
            boolean better = best == null
                    || has(Fault.LAST_IN_FIRST_OUT)
                    || (job.priority > best.priority && !has(Fault.PRIORITY_IGNORED));
            best = better ? job : best;
        }
        return best;
    }

    /** What a kill does to it. */
    void crash() {
        for (List<ToyJob> list : List.copyOf(queues.values())) {
            for (ToyJob job : List.copyOf(list)) {
                if (job.state == JobState.LEASED) {
                    job.due = now();
                }
                if (has(Fault.CRASH_FORGETS_ATTEMPTS)) {
                    job.attempts = 0;
                }
            }
            if (has(Fault.CRASH_LOSES_THE_LAST_JOB) && !list.isEmpty()) {
                forget(list.getLast());
            }
        }
    }

    /** After a restart. */
    public void reopen() {
        if (has(Fault.PAUSE_FORGOTTEN_BY_A_RESTART)) {
            pauses.clear();
        }
        if (has(Fault.RESTART_FORGETS_CHOSEN_IDS)) {
            byId.clear();
        }
    }
}
