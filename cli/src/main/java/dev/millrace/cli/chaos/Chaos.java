// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.checker.Checker;
import dev.millrace.checker.Verdict;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.cli.watch.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/*
 * One thread does everything, a look each 20 ms: it kills, restarts, feels the pulse. Whatever a process does with a job it
 * writes into its diary before and after, so a process may be killed at any moment. In the end the producers stop, the workers get
 * time to do what was accepted, and what is left in the queue is taken out and counted too.
 */
/** Lets jobs flow through a broker while its users and its server are killed, and judges. Used once. */
public final class Chaos {
    private static final long LOOK_MILLIS = 20;
    /** How long no job may be handled, in the beginning or in the end; then the rest counts as left or lost. */
    private static final Duration STALL = Duration.ofSeconds(30);

    private static final int MOST_DESERTERS = 20;

    private final ChaosPlan plan;
    private final EventLog events;
    private final Random chance;
    private final Pulse pulse = new Pulse();
    private final List<String> complaints = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private int producersKilled;
    private int workersKilled;
    private int restarts;

    /**
     * A run.
     *
     * @param plan what is done
     * @param say is told what happens
     */
    public Chaos(ChaosPlan plan, Consumer<String> say) {
        this.plan = plan;
        this.events = new EventLog(plan.evidence(), say);
        this.chance = new Random(plan.mischief().seed());
    }

    /**
     * Runs it.
     *
     * @param streams where progress is shown
     * @return the verdict
     * @throws IOException if processes cannot be started, or the evidence not be written
     * @throws InterruptedException if the thread was interrupted
     */
    public ChaosReport run(Streams streams) throws IOException, InterruptedException {
        Files.createDirectories(plan.evidence());
        try (Crew crew = new Crew(plan)) {
            crew.startAll();
            awaitFirstJob(crew);
            try (Progress progress =
                    Progress.of(streams, "chaos", Math.max(1, plan.time().toSeconds()))) {
                rage(crew, progress);
            }
            long longestGap = pulse.longestNanos();
            events.add("producers end");
            crew.end(Role.PRODUCER);
            settle(crew);
            crew.end(Role.WORKER);
            int undone = verdict(crew, List.of()).lost().size();
            Verdict verdict = verdict(crew, Leftovers.take(plan.url(), plan.queue()));
            tellOfLeases(verdict);
            ChaosReport.Troubles troubles = new ChaosReport.Troubles(producersKilled, workersKilled, restarts);
            return new ChaosReport(verdict, undone - verdict.lost().size(), longestGap, troubles, complaints);
        }
    }

    /** A program may take seconds to start, and that is not what is measured. */
    private void awaitFirstJob(Crew crew) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        while (!pulse.hasBegun() && complaints.size() < MOST_DESERTERS) {
            if (watch.elapsed().compareTo(STALL) > 0) {
                complaints.add("no job was handled within " + HumanDuration.format(STALL));
                return;
            }
            pause();
            pulse.feel(crew.diaries(Role.WORKER));
            missed(crew);
        }
    }

    private void rage(Crew crew, Progress progress) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        double nextKill = soon(plan.mischief().killEvery());
        double nextRestart = plan.mischief().restartEvery().isZero()
                ? Double.POSITIVE_INFINITY
                : soon(plan.mischief().restartEvery());
        while (watch.elapsed().compareTo(plan.time()) < 0 && pulse.hasBegun() && complaints.size() < MOST_DESERTERS) {
            pause();
            progress.at((long) watch.seconds());
            pulse.feel(crew.diaries(Role.WORKER));
            missed(crew);
            if (watch.seconds() >= nextKill) {
                kill(crew);
                nextKill = watch.seconds() + soon(plan.mischief().killEvery());
            }
            if (watch.seconds() >= nextRestart) {
                restart();
                nextRestart = watch.seconds() + soon(plan.mischief().restartEvery());
            }
        }
    }

    private void pause() throws InterruptedException {
        if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody opens this");
        }
    }

    /** Half to one and a half of a time, in seconds. */
    private double soon(Duration about) {
        return about.toNanos() / 1e9 * (0.5 + chance.nextDouble());
    }

    private void missed(Crew crew) throws IOException {
        for (String end : crew.deserters()) {
            complaints.add(end);
            events.add(end);
        }
    }

    private void kill(Crew crew) throws IOException, InterruptedException {
        PartProcess victim = crew.killOne(chance);
        if (victim.part().role() == Role.PRODUCER) {
            producersKilled++;
        } else {
            workersKilled++;
        }
        events.add("killed " + victim.part().name() + ", process " + victim.pid());
    }

    private void restart() throws IOException, InterruptedException {
        events.add("restarting the server");
        try {
            plan.mischief().restart().run();
            restarts++;
            events.add("restarted the server");
        } catch (InterruptedException | IOException e) {
            throw e;
        } catch (Exception e) {
            String complaint = "the server could not be restarted: " + e.getMessage();
            complaints.add(complaint);
            events.add(complaint);
        }
    }

    /** Lets the workers do what was accepted, as long as they do anything. */
    private void settle(Crew crew) throws IOException, InterruptedException {
        while (!verdict(crew, List.of()).lost().isEmpty()) {
            Stopwatch watch = Stopwatch.start();
            while (watch.elapsed().compareTo(Duration.ofMillis(500)) < 0) {
                pause();
                pulse.feel(crew.diaries(Role.WORKER));
            }
            missed(crew);
            if (pulse.silentNanos() > STALL.toNanos()) {
                events.add("nothing was handled for " + HumanDuration.format(STALL) + ", although jobs are not done");
                return;
            }
        }
        events.add("all that was accepted is done");
    }

    /** A job that is kept for somebody who is dead is as good as lost, but has another cause. */
    private void tellOfLeases(Verdict verdict) throws IOException {
        long leased = verdict.lost().isEmpty() ? 0 : Leftovers.stillLeased(plan.url(), plan.queue());
        if (leased > 0) {
            events.add("the broker still keeps " + leased + " jobs for workers that are gone, whose leases of "
                    + HumanDuration.format(WorkerPart.LEASE) + " are over");
        }
    }

    private static Verdict verdict(Crew crew, List<String> left) {
        Checker checker = new Checker();
        for (Role role : Role.values()) {
            crew.diaries(role).stream().filter(Files::exists).forEach(checker::read);
        }
        return checker.verdict(left);
    }
}
