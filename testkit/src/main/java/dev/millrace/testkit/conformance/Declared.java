// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.Support;
import dev.millrace.job.Guarantee;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a broker says of each promise, in the words of CAPABILITIES.md. */
final class Declared {
    private Declared() {}

    static Map<Promise, String> by(BrokerHarness harness) {
        try (Broker broker = harness.open()) {
            Map<Promise, String> words = new EnumMap<>(Promise.class);
            for (Promise promise : Promise.values()) {
                words.put(promise, word(promise, broker, harness));
            }
            return words;
        }
    }

    private static String word(Promise promise, Broker broker, BrokerHarness harness) {
        Capabilities capabilities = broker.capabilities();
        return switch (promise) {
            case DELAY -> word(capabilities.of(Feature.DELAY));
            case EXPIRY -> word(capabilities.of(Feature.EXPIRY));
            case CHOSEN_ID -> word(capabilities.of(Feature.CHOSEN_ID));
            case FRONT -> word(capabilities.of(Feature.FRONT));
            case PRIORITY -> word(capabilities.of(Feature.PRIORITY));
            case HEADERS -> word(capabilities.of(Feature.HEADERS));
            case DELAYED_RETRY -> word(capabilities.of(Feature.DELAYED_RETRY));
            case DEAD_LETTER -> word(capabilities.of(Feature.DEAD_LETTER));
            case LEASES -> "native: " + low(capabilities.leases());
            case SETTLES -> "native: " + low(capabilities.settles());
            case ATTEMPTS ->
                capabilities.attempts() == Capabilities.AttemptCount.NONE
                        ? "none"
                        : "native: " + low(capabilities.attempts());
            case ORDERING -> "native: " + low(capabilities.ordering());
            // Every broker must; the contract has no other side to it.
            case AT_MOST_ONCE -> "native";
            case RESTART -> word(harness.durable());
            case EXTENDING -> word(renews(broker, harness));
            case ADDRESSABLE -> word(broker.facet(Addressable.class).isPresent());
            case INSPECTABLE -> inspectable(broker);
            case ADMINISTRABLE -> word(broker.facet(Administrable.class).isPresent());
        };
    }

    private static String inspectable(Broker broker) {
        if (broker.facet(Inspectable.class).isEmpty()) {
            return word(false);
        }
        return switch (broker.capabilities().peek()) {
            case ALL -> word(true);
            case NEXT -> word(true) + ": counts, and the next job";
            case COUNTS -> word(true) + ": counts";
        };
    }

    private static boolean renews(Broker broker, BrokerHarness harness) {
        Subscription any =
                new Subscription(List.of(harness.freshQueue()), 1, harness.deadline(), Guarantee.AT_LEAST_ONCE);
        try (Receiver receiver = broker.receiver(any)) {
            return receiver instanceof LeaseExtending;
        }
    }

    private static String word(Support support) {
        String level = low(support.level());
        return support.note().isEmpty() ? level : level + " (" + support.note() + ")";
    }

    private static String word(boolean there) {
        return there ? low(Support.Level.NATIVE) : low(Support.Level.NONE);
    }

    private static String low(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
