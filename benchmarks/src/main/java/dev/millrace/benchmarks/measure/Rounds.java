// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Lets contestants have their turns, A B A B: what disturbs the machine for a while disturbs all of them. */
public final class Rounds {
    /** Rounds that do not count: until Java has compiled what is run most. */
    public static final int WARM_UPS = 2;

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    private Rounds() {}

    /** One turn of one contestant. */
    @FunctionalInterface
    public interface Turn {
        /** Returns what it reached. */
        double take() throws Exception;
    }

    /** {@value #WARM_UPS} rounds that do not count, then so many that do. */
    public static Rounds of(int rounds, Report report, Map<String, Turn> contestants) throws Exception {
        Rounds all = new Rounds();
        for (int round = 1 - WARM_UPS; round <= rounds; round++) {
            StringJoiner text = new StringJoiner(", ");
            for (Map.Entry<String, Turn> contestant : contestants.entrySet()) {
                double reached = contestant.getValue().take();
                text.add(contestant.getKey() + String.format(Locale.ROOT, " %,.1f", reached));
                if (round > 0) {
                    all.values
                            .computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                            .add(reached);
                }
            }
            report.note("%s: %s", round < 1 ? "warm-up" : "round " + round, text);
        }
        return all;
    }

    /** What one contestant reached. */
    public Spread of(String contestant) {
        return Spread.of(get(contestant));
    }

    /** One contestant over another, round by round. */
    public Spread ratio(String above, String below) {
        return Spread.ofRatios(get(above), get(below));
    }

    private List<Double> get(String contestant) {
        return values.getOrDefault(contestant, List.of());
    }
}
