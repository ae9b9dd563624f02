// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Verb;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * What this process handed out is settled as its delivery; everything else is told by its id. A worker's word about a
 * delivery that is over is lost to the broker, and then its id is tried: on the wire it is jobs that are spoken of.
 */
/** Changes jobs and queues. Used by one thread at a time. */
final class Changing {
    private final Broker broker;
    private final Addressable addressable;
    private final Holdings holdings;
    private final Looking looking;
    private final Renewing renewing;
    private final Lines lines;

    Changing(Broker broker, Addressable addressable, Looking looking, Renewing renewing, Lines lines) {
        this.broker = broker;
        this.addressable = addressable;
        this.holdings = lines.holdings();
        this.looking = looking;
        this.renewing = renewing;
        this.lines = lines;
    }

    /** Acknowledgements that follow each other go together, everything else one by one. */
    void run(List<Step> steps) {
        int from = 0;
        while (from < steps.size()) {
            int to = from + 1;
            if (isAck(steps.get(from))) {
                while (to < steps.size() && isAck(steps.get(to))) {
                    to++;
                }
                settling(steps.subList(from, to)).run(Settlement.Ack::new, this::end);
            } else {
                Step step = steps.get(from);
                Batch.guarded(step, () -> change(step));
            }
            from = to;
        }
    }

    private static boolean isAck(Step step) {
        return step.call() instanceof Call.Change change
                && change.verb() instanceof Verb.End end
                && end.ending() == Ending.ACKED;
    }

    private Settling settling(List<Step> steps) {
        return new Settling(holdings, steps);
    }

    private void change(Step step) {
        switch (step.call()) {
            case Call.Change change -> change(step, change.verb());
            case Call.Renew renew -> renew.answer().give(renewing.renew(step.ids()));
            case Call.SetPause pause -> {
                administrable().pause(pause.queue(), pause.pause());
                pause.answer().give(pause.pause());
            }
            case Call.Flush flush -> flush.answer().give(flush());
            case Call.FlushQueue flush -> flush.answer().give(flush(flush.queue()));
            case Call.ChangeChosen change -> change(chosen(step, change), change.verb());
            default -> throw new IllegalArgumentException("not a change: " + step.call());
        }
    }

    /** The job with the chosen id, or the other that may be meant, if it is in the queue. */
    private Step chosen(Step step, Call.ChangeChosen call) {
        boolean named = looking.glimpse(call.id()).isPresent();
        List<JobId> meant = (named ? List.of(call.id()) : step.ids())
                .stream()
                        .filter(id -> looking.glimpse(id)
                                .filter(seen -> seen.queue().equals(call.queue()))
                                .isPresent())
                        .toList();
        return new Step(new Call.Change(call.verb(), List.of(), call.queue()::equals, call.answer()), meant, null);
    }

    private void change(Step step, Verb verb) {
        Settling settling = settling(List.of(step));
        switch (verb) {
            case Verb.End end -> {
                if (end.ending() == Ending.ACKED) {
                    settling.run(Settlement.Ack::new, this::end);
                } else {
                    settling.byId(this::end);
                }
            }
            case Verb.Enqueue enqueue -> {
                Duration delay = Duration.ofMillis(enqueue.delayMillis());
                Cause cause = enqueue.nack() ? Cause.FAILED : Cause.NOT_TRIED;
                settling.run(
                        delivery -> new Settlement.Release(delivery, delay, cause, enqueue.headers()),
                        id -> isPlain(enqueue) ? release(id) : changed(id));
            }
            case Verb.PutBack back ->
                settling.run(
                        delivery -> new Settlement.Release(delivery, Duration.ZERO, Cause.FAILED, Map.of()),
                        this::putBack);
            case Verb.Undeliver undelivered ->
                settling.run(
                        delivery -> new Settlement.Release(delivery, Duration.ZERO, Cause.NOT_TRIED, Map.of()),
                        this::release);
            case Verb.Dequeue dequeue -> throw Cannot.so(broker, "take a queued job out of its queue (DEQUEUE)");
            case Verb.Bury bury -> {
                if (step.ids().stream().anyMatch(id -> holdings.find(id).isEmpty())) {
                    throw Cannot.so(broker, "put a job aside that this server did not hand out (DEADJOB)");
                }
                settling.run(
                        delivery -> new Settlement.DeadLetter(delivery, bury.reason(), bury.headers()), id -> false);
            }
            case Verb.Revive revive -> settling.byId(this::revive);
        }
    }

    private static boolean isPlain(Verb.Enqueue enqueue) {
        return enqueue.delayMillis() == 0 && enqueue.headers().isEmpty();
    }

    private boolean end(JobId id) {
        return addressable.ack(id) != Settled.LOST;
    }

    private boolean release(JobId id) {
        Optional<Glimpse> seen = looking.glimpse(id);
        boolean queueable = seen.filter(job -> job.state() == JobState.LEASED || job.state() == JobState.WAITING)
                .isPresent();
        return queueable && addressable.release(id) != Settled.LOST;
    }

    private boolean putBack(JobId id) {
        return looking.glimpse(id).filter(job -> job.state() == JobState.LEASED).isPresent()
                && addressable.release(id) != Settled.LOST;
    }

    private boolean revive(JobId id) {
        return looking.glimpse(id).filter(job -> job.state() == JobState.DEAD).isPresent()
                && addressable.release(id) != Settled.LOST;
    }

    private boolean changed(JobId id) {
        if (looking.glimpse(id).isEmpty()) {
            return false;
        }
        throw Cannot.so(broker, "change a job that this server did not hand out (NACK with a delay or headers)");
    }

    private Administrable administrable() {
        return broker.facet(Administrable.class).orElseThrow(() -> Cannot.so(broker, "manage its queues"));
    }

    /** What the broker lets one end in a queue: jobs that others hold stay. */
    private long flush(QueueName queue) {
        long gone = administrable().purge(queue);
        for (Held held : holdings.all()) {
            if (held.delivery().queue().equals(queue)) {
                gone += end(held.delivery().id()) ? 1 : 0;
                holdings.forget(held);
            }
        }
        return gone;
    }

    /** All that the broker lets one end: what others hold stays. */
    private long flush() {
        Administrable managed = administrable();
        long gone = 0;
        for (QueueStatus queue : looking.inspectable().queues()) {
            gone += managed.purge(queue.queue()) + managed.purgeDead(queue.queue());
        }
        for (Held held : holdings.all()) {
            gone += end(held.delivery().id()) ? 1 : 0;
            holdings.forget(held);
        }
        lines.dismiss();
        return gone;
    }
}
