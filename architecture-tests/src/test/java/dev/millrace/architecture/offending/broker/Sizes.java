// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.broker;

/** What is allowed: a record of many parts, an enum's hidden parameters. */
public record Sizes(int one, int two, int three, int four, int five, int six) {
    enum Colour {
        RED(1, 2, 3, 4, 5);

        final int sum;

        Colour(int one, int two, int three, int four, int five) {
            sum = one + two + three + four + five;
        }
    }
}
