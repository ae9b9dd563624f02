// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Feature;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Guarantee;

/** Refuses at the start what a broker could not do later. */
final class Requirements {
    private final Broker broker;
    private final Capabilities capabilities;

    Requirements(Broker broker) {
        this.broker = broker;
        this.capabilities = broker.capabilities();
    }

    void check(QueuePlan plan, RetryPolicy retry) {
        for (String type : plan.tasks().typed().keySet()) {
            need(Feature.HEADERS, "the handler of job type \"" + type + "\", which travels in a header");
        }
        if (plan.guarantee() == Guarantee.AT_MOST_ONCE) {
            return;
        }
        if (waits(retry)) {
            need(Feature.DELAYED_RETRY, "the retry policy; RetryPolicy.fixed(Duration.ZERO) and never() do not wait");
        }
        if (givesUp(retry)) {
            need(Feature.DEAD_LETTER, "the retry policy; RetryPolicy.fixed and exponential without upTo never give up");
        }
        if (!plan.tasks().typed().isEmpty()) {
            need(
                    Feature.DEAD_LETTER,
                    "the handlers of queue " + plan.queue() + ", for payloads that cannot be decoded");
        }
        boolean counted = capabilities.attempts() != AttemptCount.NONE || capabilities.has(Feature.HEADERS);
        if (retry instanceof LimitedAttempts limited && limited.attempts() > 1 && !counted) {
            throw new UnsupportedFeatureException(
                    broker.name(), "counting attempts", "the retry policy's last attempt");
        }
    }

    private void need(Feature feature, String asker) {
        if (!capabilities.has(feature)) {
            throw new UnsupportedFeatureException(broker.name(), feature.name(), asker);
        }
    }

    /** Whether a policy can answer with a delay; one that we did not write can. */
    private static boolean waits(RetryPolicy policy) {
        return switch (policy) {
            case FixedDelay fixed -> !fixed.delay().isZero();
            case LimitedAttempts limited -> limited.attempts() > 1 && waits(limited.policy());
            default -> true;
        };
    }

    /** Whether a policy can give up; one that we did not write can. */
    private static boolean givesUp(RetryPolicy policy) {
        return !(policy instanceof FixedDelay || policy instanceof ExponentialDelay);
    }
}
