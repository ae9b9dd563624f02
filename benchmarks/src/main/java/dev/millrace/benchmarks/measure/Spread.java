// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a few rounds said.
 *
 * @param median the middle one
 * @param least the lowest
 * @param most the highest
 */
public record Spread(double median, double least, double most) {
    /** Of one value per round; at least one. */
    public static Spread of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Of the quotients of each round. */
    public static Spread ofRatios(List<Double> above, List<Double> below) {
        double[] ratios = new double[above.size()];
        Arrays.setAll(ratios, i -> above.get(i) / below.get(i));
        return of(Arrays.stream(ratios).boxed().toList());
    }

    /** As a rate: whole numbers. */
    public String rate() {
        return String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", median, least, most);
    }

    /** As a ratio or a small number: two digits. */
    public String fine() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
    }
}
