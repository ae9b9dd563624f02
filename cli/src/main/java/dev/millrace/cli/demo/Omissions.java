// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.Peek;
import dev.millrace.broker.Feature;
import dev.millrace.cli.watch.DrainWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demonstration leaves out, since its broker cannot do it. Immutable and thread-safe.
 *
 * @param waits whether what failed waits before it is tried again
 * @param letters whether dead letters are read, and not only counted
 * @param counts whether the broker itself is asked if anything is left
 */
record Omissions(boolean waits, boolean letters, boolean counts) {
    /** On this broker. */
    static Omissions of(Broker broker) {
        return new Omissions(
                broker.capabilities().has(Feature.DELAYED_RETRY), readsLetters(broker), DrainWatch.counts(broker));
    }

    /** Whether dead letters can be read. */
    static boolean readsLetters(Broker broker) {
        return broker.capabilities().peek() == Peek.ALL;
    }

    /** For people, a line each. */
    List<String> words(String broker) {
        List<String> words = new ArrayList<>();
        if (!waits) {
            words.add("the wait between attempts, since " + broker + " has no " + Feature.DELAYED_RETRY);
        }
        if (!letters) {
            words.add("a look into dead letters, since " + broker + " only counts them");
        }
        if (!counts) {
            words.add("the question whether the queue is empty, since " + broker + " does not count what waits");
        }
        return words;
    }
}
