// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/* Over 300 lines: it answers every call that a host has, and shares nothing with the code that it judges. */
/** What a host is to do, done with a list: every job is looked at each time. */
final class NaiveHost {
    static final long NEVER = Long.MAX_VALUE;

    final List<NaiveJob> jobs = new ArrayList<>();
    final Map<String, Boolean> pausedIn = new TreeMap<>();
    final Map<String, Boolean> pausedOut = new TreeMap<>();
    long now;
    private long stamps;

    /** A job. */
    static final class NaiveJob {
        final long number;
        final String queue;
        final int priority;
        final Terms terms;
        final long enqueuedAt;
        long expiresAt;
        State state = State.QUEUED;
        /** Waiting: until when. Active: until when. Queued: since when. */
        long time;

        long loggedTime;
        int deliveries;
        int nacks;
        int requeues;
        boolean queuedBefore;
        /** If it was put back before all others: the later, the higher. */
        long ahead;

        NaiveJob(long number, String queue, int priority, Terms terms, long[] times) {
            this.number = number;
            this.queue = queue;
            this.priority = priority;
            this.terms = terms;
            this.enqueuedAt = times[0];
            this.expiresAt = times[2] == 0 ? NEVER : times[0] + times[2];
            if (times[1] > 0) {
                waits(times[0] + times[1]);
            } else {
                queued(times[0]);
                queuedBefore = true;
            }
        }

        void waits(long until) {
            state = State.WAITING;
            time = until;
            loggedTime = until;
        }

        void queued(long since) {
            state = State.QUEUED;
            time = since;
        }

        void dies() {
            state = State.DEAD;
            expiresAt = NEVER;
        }

        boolean isSpent() {
            return deliveries >= terms.maxDeliveries();
        }

        /** When it is queued again if it is taken out of its queue now. */
        long next(long now) {
            if (terms.once()) {
                return NEVER;
            }
            long from = terms.clock() == RetryClock.FROM_QUEUEING ? time : now;
            long next = from;
            while (next <= now) {
                next += terms.retryMillis();
            }
            return next;
        }

        OptionalLong requeueMillis(long now) {
            long next = switch (state) {
                case DEAD -> NEVER;
                case QUEUED -> next(now);
                case WAITING, ACTIVE -> time;
            };
            return next == NEVER ? OptionalLong.empty() : OptionalLong.of(next - now);
        }
    }

    boolean isPausedIn(String queue) {
        return pausedIn.getOrDefault(queue, false);
    }

    @Nullable
    NaiveJob find(long number) {
        return jobs.stream().filter(job -> job.number == number).findFirst().orElse(null);
    }

    List<NaiveJob> queued(String queue) {
        return jobs.stream()
                .filter(job -> job.queue.equals(queue) && job.state == State.QUEUED)
                .sorted(Comparator.<NaiveJob>comparingInt(job -> -job.priority)
                        .thenComparingLong(job -> -job.ahead)
                        .thenComparingLong(job -> job.number))
                .toList();
    }

    void pass(long millis) {
        now += millis;
        jobs.removeIf(this::endsWithTime);
    }

    private boolean endsWithTime(NaiveJob job) {
        boolean active = job.state == State.ACTIVE;
        if ((active || job.state == State.WAITING) && job.time <= now) {
            if (job.expiresAt <= job.time) {
                return true;
            }
            if (isPausedIn(job.queue) && !job.terms.once()) {
                while (job.time <= now) {
                    job.time += job.terms.retryMillis();
                }
            } else if (active && job.isSpent()) {
                job.dies();
            } else {
                job.requeues += active && job.queuedBefore ? 1 : 0;
                job.queuedBefore = true;
                job.queued(job.time);
            }
        }
        return job.expiresAt <= now;
    }

    void restart() {
        for (NaiveJob job : jobs) {
            job.ahead = 0;
            if (job.state == State.ACTIVE && !(job.terms.once() && job.deliveries > 0)) {
                if (job.isSpent()) {
                    job.dies();
                } else {
                    job.requeues += job.queuedBefore ? 1 : 0;
                    job.queued(now);
                }
            } else if (job.state == State.QUEUED || (job.state == State.WAITING && job.loggedTime <= now)) {
                job.queued(now);
            }
            job.queuedBefore |= job.state == State.QUEUED;
        }
    }

    List<Long> take(List<String> queues, int max) {
        return take(queues, max, -1);
    }

    /** With a lease of -1, each job has its own; 0 ends it. */
    List<Long> take(List<String> queues, int max, long lease) {
        List<Long> taken = new ArrayList<>();
        for (boolean more = true; more && taken.size() < max; ) {
            more = false;
            for (String queue : queues) {
                List<NaiveJob> ready = pausedOut.getOrDefault(queue, false) ? List.of() : queued(queue);
                if (!ready.isEmpty() && taken.size() < max) {
                    NaiveJob job = ready.getFirst();
                    job.deliveries++;
                    job.time = lease < 0 || job.terms.once() ? job.next(now) : now + lease;
                    job.state = State.ACTIVE;
                    job.ahead = 0;
                    taken.add(job.number);
                    more = true;
                }
            }
        }
        if (lease == 0) {
            end(taken);
        }
        return taken;
    }

    int putBack(List<Long> numbers) {
        return change(numbers, job -> {
            boolean may = job.state == State.ACTIVE && !job.terms.once();
            if (may && job.isSpent()) {
                job.dies();
            } else if (may) {
                job.nacks++;
                job.queued(now);
                job.ahead = ++stamps;
            }
            return may;
        });
    }

    long flush(String queue) {
        long before = jobs.size();
        jobs.removeIf(job -> job.queue.equals(queue) && job.state != State.DEAD);
        return before - jobs.size();
    }

    int end(List<Long> numbers) {
        int before = jobs.size();
        jobs.removeIf(job -> numbers.contains(job.number));
        return before - jobs.size();
    }

    int enqueue(List<Long> numbers, boolean nack, long delay) {
        return change(numbers, job -> enqueue(job, nack, delay));
    }

    private boolean enqueue(NaiveJob job, boolean nack, long delay) {
        boolean may = job.terms.once()
                ? job.state == State.WAITING && !job.queuedBefore
                : job.state == State.WAITING || job.state == State.ACTIVE;
        if (!may) {
            return false;
        }
        if (job.isSpent()) {
            job.dies();
            return true;
        }
        if (nack) {
            job.nacks++;
        } else if (job.queuedBefore) {
            job.requeues++;
        } else {
            job.queuedBefore = delay == 0;
        }
        if (delay > 0) {
            job.waits(now + delay);
        } else {
            job.queued(now);
        }
        return true;
    }

    int dequeue(List<Long> numbers) {
        return change(numbers, job -> {
            boolean queued = job.state == State.QUEUED;
            if (queued) {
                job.time = job.next(now);
                job.state = State.ACTIVE;
                job.ahead = 0;
            }
            return queued;
        });
    }

    int bury(List<Long> numbers) {
        return change(numbers, job -> {
            boolean alive = job.state != State.DEAD;
            job.dies();
            return alive;
        });
    }

    private int change(List<Long> numbers, Predicate<NaiveJob> change) {
        int changed = 0;
        for (long number : numbers) {
            NaiveJob job = find(number);
            changed += job != null && change.test(job) ? 1 : 0;
        }
        return changed;
    }

    String renew(long number) {
        NaiveJob job = find(number);
        if (job == null || job.state == State.DEAD) {
            return "UNKNOWN";
        }
        if (job.expiresAt != NEVER && now - job.enqueuedAt > (job.expiresAt - job.enqueuedAt) / 2) {
            return "TOO_LATE";
        }
        long until = now + 1;
        if (!job.terms.once()) {
            until = now + job.terms.retryMillis();
        } else if (job.deliveries > 0) {
            until = NEVER;
        }
        if (job.state == State.WAITING) {
            job.waits(until);
        } else {
            job.ahead = 0;
            job.state = State.ACTIVE;
            job.time = until;
        }
        return "RENEWED";
    }
}
