// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.hosting.Call;
import dev.millrace.job.JobId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Changes of jobs, with one call for each receiver that handed some of them out. Used once. */
final class Settling {
    private final Holdings holdings;
    private final List<Step> steps;
    private final AtomicIntegerArray changed;
    private final AtomicReferenceArray<RuntimeException> failures;
    private final Map<Receiver, List<HeldItem>> held = new LinkedHashMap<>();
    private final List<Item> others = new ArrayList<>();

    /**
     * A job of a step.
     *
     * @param step which step, by its place
     * @param id which job
     */
    private record Item(int step, JobId id) {}

    /**
     * One that this process handed out.
     *
     * @param item which
     * @param held how
     */
    private record HeldItem(Item item, Held held) {}

    Settling(Holdings holdings, List<Step> steps) {
        this.holdings = holdings;
        this.steps = steps;
        this.changed = new AtomicIntegerArray(steps.size());
        this.failures = new AtomicReferenceArray<>(steps.size());
    }

    /** Settles what is held, tells the rest by its id, and answers. */
    void run(Function<Delivery, Settlement> how, Predicate<JobId> otherwise) {
        each(item -> {
            Optional<Held> job = holdings.find(item.id);
            if (job.isPresent()) {
                held.computeIfAbsent(job.get().receiver(), key -> new ArrayList<>())
                        .add(new HeldItem(item, job.get()));
            } else {
                others.add(item);
            }
        });
        held.forEach((receiver, items) -> settle(receiver, items, how));
        Together.run(others, item -> tell(item, otherwise));
        answer();
    }

    /** Tells all by their ids, and answers. */
    void byId(Predicate<JobId> how) {
        each(others::add);
        Together.run(others, item -> {
            holdings.find(item.id).ifPresent(holdings::forget);
            tell(item, how);
        });
        answer();
    }

    /** A job that is named twice is changed once. */
    private void each(Consumer<Item> use) {
        Set<JobId> seen = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            for (JobId id : steps.get(i).ids()) {
                if (seen.add(id)) {
                    use.accept(new Item(i, id));
                }
            }
        }
    }

    private void settle(Receiver receiver, List<HeldItem> items, Function<Delivery, Settlement> how) {
        try {
            List<Settled> answers = receiver.settle(
                    items.stream().map(item -> how.apply(item.held.delivery())).toList());
            for (int i = 0; i < items.size(); i++) {
                HeldItem one = items.get(i);
                holdings.forget(one.held);
                if (answers.get(i) == Settled.LOST) {
                    others.add(one.item);
                } else {
                    changed.incrementAndGet(one.item.step);
                }
            }
        } catch (RuntimeException | Error caught) {
            RuntimeException e = Batch.told(caught);
            items.forEach(one -> failures.set(one.item.step, e));
        }
    }

    private void tell(Item item, Predicate<JobId> how) {
        try {
            if (how.test(item.id)) {
                changed.incrementAndGet(item.step);
            }
        } catch (RuntimeException | Error caught) {
            RuntimeException e = Batch.told(caught);
            failures.set(item.step, e);
        }
    }

    private void answer() {
        for (int i = 0; i < steps.size(); i++) {
            RuntimeException why = failures.get(i);
            if (why == null) {
                ((Call.Change) steps.get(i).call()).answer().give(changed.get(i));
            } else {
                steps.get(i).fail(why);
            }
        }
    }
}
