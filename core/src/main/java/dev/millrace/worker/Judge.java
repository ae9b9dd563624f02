// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Guarantee;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a job after an attempt, tells the observer, and passes the word on to be settled. */
final class Judge {
    private static final Duration IN_A_WHILE = Duration.ofMinutes(1);

    private final Terms terms;
    private final Announcer announcer;
    private final boolean atMostOnce;
    private final Backoffs backoffs;
    private final History history;
    private final boolean canWait;
    private final boolean canBury;
    private final int lastAttempt;

    Judge(Terms terms, Guarantee guarantee) {
        Capabilities capabilities = terms.broker().capabilities();
        this.terms = terms;
        this.announcer = terms.announcer();
        this.atMostOnce = guarantee == Guarantee.AT_MOST_ONCE;
        this.backoffs = new Backoffs(terms.retry(), announcer);
        this.history = new History(capabilities);
        this.canWait = capabilities.has(Feature.DELAYED_RETRY);
        this.canBury = capabilities.has(Feature.DEAD_LETTER);
        boolean exact = capabilities.attempts() == Capabilities.AttemptCount.EXACT;
        this.lastAttempt = exact && canBury && !atMostOnce
                ? terms.retry().lastAttempt().orElse(Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }

    /** An outcome, and what the job is to remember of it. */
    private record Verdict(Outcome outcome, Map<String, String> headers) {}

    /** Which attempt a delivery is. */
    int attemptOf(dev.millrace.broker.Delivery delivery) {
        return history.attemptOf(delivery);
    }

    /** Why a job is not to be tried again although nobody said that it failed; null if it is to be. */
    @Nullable
    String usedUp(Attempt attempt) {
        return attempt.attempt() <= lastAttempt
                ? null
                : "attempt " + attempt.attempt() + " of at most " + lastAttempt
                        + " was not made: those before ended without a word, as when a job kills its worker";
    }

    /** An attempt is over: the handler returned an outcome, or threw, or neither because it never began or never ended. */
    void conclude(Attempt attempt, @Nullable Outcome said, @Nullable Throwable thrown) {
        Cancellation why = attempt.cancellation();
        if (said != null && attempt.isCommitted()) {
            done(attempt);
        } else if (why == null) {
            judge(attempt, said, thrown);
        } else {
            switch (why) {
                case LEASE_LOST -> attempt.session().forget(attempt);
                case TIME_LIMIT -> judge(attempt, null, timedOut(attempt));
                case STOPPING -> {
                    if (said == null) {
                        handBack(attempt);
                    } else {
                        judge(attempt, said, null);
                    }
                }
            }
        }
    }

    private TimeoutException timedOut(Attempt attempt) {
        if (announcer.observed()) {
            announcer.announce(new Event.TimedOut(announcer.worker(), attempt, attempt.limit()));
        }
        return new TimeoutException("time limit of " + Texts.of(attempt.limit()) + " exceeded");
    }

    /** The worker stops before the attempt came to anything: it does not count. */
    void handBack(Attempt attempt) {
        if (atMostOnce) {
            gone(attempt);
            return;
        }
        if (announcer.observed()) {
            announcer.announce(new Event.HandedBack(announcer.worker(), attempt));
        }
        attempt.session().settle(attempt, new Settlement.Release(attempt.delivery(), Duration.ZERO, Cause.NOT_TRIED));
    }

    /** The handler's transaction took the acknowledgement along. */
    private void done(Attempt attempt) {
        if (announcer.observed()) {
            announceFinished(attempt, Outcome.done());
            announcer.announce(new Event.Concluded(announcer.worker(), attempt, Settled.CONFIRMED));
        }
        attempt.session().forget(attempt);
    }

    private void announceFinished(Attempt attempt, Outcome outcome) {
        Duration worked = Duration.ofNanos(Nanos.now() - attempt.begun());
        announcer.announce(new Event.Finished(announcer.worker(), attempt, outcome, attempt.waited(), worked));
    }

    private void judge(Attempt attempt, @Nullable Outcome said, @Nullable Throwable thrown) {
        Verdict verdict;
        if (said instanceof Outcome.Done) {
            verdict = null;
        } else if (said == null) {
            verdict = failed(attempt, thrown == null ? noOutcome() : thrown);
        } else {
            verdict = decided(attempt, said);
        }
        if (verdict != null && atMostOnce) {
            gone(attempt);
            return;
        }
        Outcome outcome = verdict == null ? Outcome.done() : verdict.outcome();
        if (announcer.observed()) {
            announceFinished(attempt, outcome);
        }
        if (atMostOnce) {
            attempt.session().forget(attempt);
        } else {
            attempt.session()
                    .settle(attempt, settlement(attempt, outcome, verdict == null ? Map.of() : verdict.headers()));
        }
    }

    private static NullPointerException noOutcome() {
        return new NullPointerException("the deciding handler returned null; return an Outcome");
    }

    private static Settlement settlement(Attempt attempt, Outcome outcome, Map<String, String> headers) {
        return switch (outcome) {
            case Outcome.Done done -> new Settlement.Ack(attempt.delivery());
            case Outcome.Retry retry ->
                new Settlement.Release(attempt.delivery(), Backoffs.bounded(retry.delay()), Cause.FAILED, headers);
            case Outcome.Snooze snooze ->
                new Settlement.Release(attempt.delivery(), Backoffs.bounded(snooze.delay()), Cause.NOT_TRIED, headers);
            case Outcome.DeadLetter dead -> new Settlement.DeadLetter(attempt.delivery(), dead.reason(), headers);
        };
    }

    private Verdict decided(Attempt attempt, Outcome said) {
        return switch (said) {
            case Outcome.Done done -> new Verdict(done, Map.of());
            case Outcome.Retry retry
            when cannotWait(retry.delay()) -> failed(attempt, unsupported(Feature.DELAYED_RETRY));
            case Outcome.Retry retry -> failed(attempt, new RetryAsked(retry.reason()), retry.delay());
            case Outcome.Snooze snooze
            when cannotWait(snooze.delay()) -> failed(attempt, unsupported(Feature.DELAYED_RETRY));
            case Outcome.Snooze snooze -> new Verdict(snooze, Map.of());
            case Outcome.DeadLetter dead when !canBury -> failed(attempt, unsupported(Feature.DEAD_LETTER));
            case Outcome.DeadLetter dead -> buried(attempt, dead.reason(), history.buried(Map.of()));
        };
    }

    private boolean cannotWait(Duration delay) {
        return !canWait && !delay.isZero();
    }

    private UnsupportedFeatureException unsupported(Feature feature) {
        return new UnsupportedFeatureException(terms.broker().name(), feature.name(), "the outcome of a handler");
    }

    private Verdict failed(Attempt attempt, Throwable error) {
        return failed(attempt, error, null);
    }

    /** An attempt failed: it is tried again after the delay asked for, or the policy's, unless the policy gives up. */
    private Verdict failed(Attempt attempt, Throwable error, @Nullable Duration asked) {
        Failure failure = new Failure(attempt.id(), attempt.queue(), attempt.type(), attempt.attempt(), error);
        if (announcer.observed()) {
            announcer.announce(new Event.Failed(announcer.worker(), attempt, failure));
        }
        announcer.log(Level.DEBUG, () -> attempt + " failed", error);
        String text = Texts.of(error);
        Map<String, String> headers = history.after(attempt, text, terms.clock().instant());
        if (error instanceof DecodeException undecodable) {
            String reason = Texts.clean(String.valueOf(undecodable.getMessage()));
            return canBury
                    ? buried(attempt, reason, history.buried(headers))
                    : new Verdict(Outcome.retry(canWait ? IN_A_WHILE : Duration.ZERO, reason), headers);
        }
        Optional<Duration> delay = backoffs.delayAfter(failure);
        if (delay.isEmpty() && canBury) {
            String reason = Texts.clean("attempt " + attempt.attempt() + " failed and was the last: " + text);
            return buried(attempt, reason, history.buried(headers));
        }
        Duration wait = asked != null ? asked : delay.orElse(Duration.ZERO);
        return new Verdict(Outcome.retry(canWait ? wait : Duration.ZERO, text), headers);
    }

    private Verdict buried(Attempt attempt, String reason, Map<String, String> headers) {
        String cleaned = Texts.clean(reason);
        announcer.log(Level.INFO, () -> attempt + " is a dead letter: " + cleaned, null);
        return new Verdict(Outcome.deadLetter(cleaned), headers);
    }

    private void gone(Attempt attempt) {
        announcer.log(
                Level.WARNING, () -> attempt + " was taken at most once, was not done, and does not come again", null);
        if (announcer.observed()) {
            announcer.announce(new Event.Gone(announcer.worker(), attempt));
        }
        attempt.session().forget(attempt);
    }
}
