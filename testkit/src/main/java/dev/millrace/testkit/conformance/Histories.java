// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Pause;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;

/** Random histories of a broker with a few queues, ids and receivers, so that things meet. */
final class Histories {
    private static final int LONGEST = 120;
    private static final int FEW = 3;
    private static final long SEED = 20_261_126;

    private Histories() {}

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(0, most);
    }

    /** Zero more often than not. */
    private static Arbitrary<Integer> seldom(int most) {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(0)), Tuple.of(1, upTo(most)));
    }

    private static Arbitrary<Step> sends() {
        Arbitrary<Step.Flags> flags = Combinators.combine(
                        Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)),
                        Arbitraries.frequency(Tuple.of(4, 4), Tuple.of(1, 0), Tuple.of(1, 9)))
                .as(Step.Flags::new);
        return Combinators.combine(upTo(2), seldom(3), seldom(4), seldom(4), flags)
                .as(Step.Send::new);
    }

    private static Arbitrary<Step> releases() {
        return Combinators.combine(
                        upTo(30),
                        seldom(3),
                        Arbitraries.of(true, false),
                        Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true)))
                .as(Step.Release::new);
    }

    /** The same few each time, for brokers that take their time over a history. */
    static Arbitrary<List<Step>> few() {
        return Arbitraries.of(all().generator(1_000, true).stream(new Random(SEED))
                .map(Shrinkable::value)
                .filter(history -> history.size() > LONGEST / 4)
                .limit(FEW)
                .toList());
    }

    static Arbitrary<List<Step>> all() {
        Arbitrary<Step> administration = Arbitraries.frequencyOf(
                Tuple.of(
                        2,
                        Combinators.combine(upTo(2), Arbitraries.of(Pause.class))
                                .as(Step.SetPause::new)),
                Tuple.of(1, upTo(2).map(Step.Purge::new)),
                Tuple.of(1, upTo(2).map(Step.PurgeDead::new)),
                Tuple.of(
                        2,
                        Combinators.combine(upTo(2), Arbitraries.integers().between(1, 3))
                                .as(Step.Redrive::new)),
                Tuple.of(
                        3,
                        Combinators.combine(upTo(2), Arbitraries.integers().between(1, 9))
                                .as(Step.Look::new)),
                Tuple.of(1, upTo(50).map(Step.AckById::new)),
                Tuple.of(1, upTo(50).map(Step.ReleaseById::new)),
                Tuple.of(2, Arbitraries.of(true, false).map(Step.Restarted::new)));
        Arbitrary<Step> steps = Arbitraries.frequencyOf(
                Tuple.of(10, sends()),
                Tuple.of(
                        9,
                        Combinators.combine(upTo(3), Arbitraries.integers().between(1, 4))
                                .as(Step.Receive::new)),
                Tuple.of(4, upTo(30).map(Step.Ack::new)),
                Tuple.of(4, releases()),
                Tuple.of(2, upTo(30).map(Step.Bury::new)),
                Tuple.of(
                        2,
                        Combinators.combine(upTo(30), Arbitraries.integers().between(1, 3))
                                .as(Step.Extend::new)),
                Tuple.of(
                        5,
                        Combinators.combine(
                                        Arbitraries.integers().between(1, 3),
                                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, -1), Tuple.of(1, 1)))
                                .as(Step.Pass::new)),
                Tuple.of(4, administration));
        return steps.list().ofMaxSize(LONGEST);
    }
}
