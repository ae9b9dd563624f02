// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.BrokerException;
import dev.millrace.hosting.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * Steps of one kind that follow each other are done together: additions in one call of the broker, changes with as few calls
 * as their receivers allow, takes of the same queues with one, and looks side by side. The next kind begins when all that is
 * done. So a step sees what the steps before it did, and many clients share the way to the broker.
 */
/** What has gathered, done. Used by one thread at a time. */
final class Batch {
    private static final System.Logger LOG = System.getLogger(Batch.class.getName());

    private final Adding adding;
    private final Changing changing;
    private final Looking looking;
    private final Lines lines;
    private final Watching watching;
    private final Reaching reaching;

    /** Steps that can be done together. */
    private enum Kind {
        ADD,
        CHANGE,
        TAKE,
        WATCH,
        LOOK
    }

    Batch(Adding adding, Changing changing, Looking looking, Lines lines, Watching watching) {
        this.adding = adding;
        this.changing = changing;
        this.looking = looking;
        this.lines = lines;
        this.watching = watching;
        this.reaching = new Reaching(looking, lines.holdings());
    }

    void run(List<Step> steps) {
        int from = 0;
        while (from < steps.size()) {
            Kind kind = kind(steps.get(from));
            int to = from + 1;
            while (to < steps.size() && kind(steps.get(to)) == kind) {
                to++;
            }
            attempt(kind, steps.subList(from, to));
            from = to;
        }
        try {
            lines.tidy();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "what is not needed any more could not be given up", e);
        }
    }

    /** Nothing ends the lane: who was not answered yet is answered with what went wrong. */
    private void attempt(Kind kind, List<Step> steps) {
        try {
            run(kind, steps);
        } catch (RuntimeException | Error e) {
            RuntimeException why = told(e);
            steps.forEach(step -> step.fail(why));
        }
    }

    private static Kind kind(Step step) {
        return switch (step.call()) {
            case Call.Add add -> Kind.ADD;
            case Call.Take take -> Kind.TAKE;
            case Call.AwaitReady await -> Kind.WATCH;
            case Call.Change change -> Kind.CHANGE;
            case Call.ChangeChosen change -> Kind.CHANGE;
            case Call.Renew renew -> Kind.CHANGE;
            case Call.SetPause pause -> Kind.CHANGE;
            case Call.Flush flush -> Kind.CHANGE;
            case Call.FlushQueue flush -> Kind.CHANGE;
            case Call.Await await -> Kind.LOOK;
            case Call.Show show -> Kind.LOOK;
            case Call.Find find -> Kind.LOOK;
            case Call.Peek peek -> Kind.LOOK;
            case Call.Look look -> Kind.LOOK;
            case Call.ListQueues list -> Kind.LOOK;
            case Call.ListJobs list -> Kind.LOOK;
        };
    }

    private void run(Kind kind, List<Step> all) {
        List<Step> steps = kind == Kind.CHANGE || kind == Kind.LOOK ? narrowed(all) : all;
        switch (kind) {
            case ADD -> {
                adding.run(steps);
                watching.poke();
            }
            case CHANGE -> {
                changing.run(steps);
                watching.poke();
            }
            case TAKE -> take(steps);
            case WATCH -> watching.begin(Step.waits(steps, Watch.class));
            case LOOK -> look(steps);
        }
    }

    private void look(List<Step> steps) {
        if (!steps.isEmpty()) {
            Together.run(steps, step -> guarded(step, () -> looking.run(step)));
        }
    }

    private List<Step> narrowed(List<Step> all) {
        List<Step> steps = new ArrayList<>(all.size());
        for (Step step : all) {
            guarded(step, () -> steps.add(reaching.narrowed(step)));
        }
        return steps;
    }

    /** Those of the same queues in their order, others side by side. */
    private void take(List<Step> steps) {
        Map<Lines.Kind, List<Step>> groups = new LinkedHashMap<>();
        for (Step step : steps) {
            groups.computeIfAbsent(Lines.Kind.of((Call.Take) step.call()), kind -> new ArrayList<>())
                    .add(step);
        }
        Together.run(List.copyOf(groups.values()), lines::take);
    }

    /** Whatever goes wrong is the answer. */
    static void guarded(Step step, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            step.fail(told(e));
        }
    }

    /** An error, such as memory that ran out, as clients are told of it. */
    static RuntimeException told(Throwable e) {
        return e instanceof RuntimeException failure ? failure : BrokerException.passing("the server failed: " + e, e);
    }
}
