// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

/** The rules for numbers that users give. */
final class Numbers {
    private Numbers() {}

    static int atLeastOne(String option, int value) {
        return atLeast(option, value, 1);
    }

    static int atLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(option + " " + value + " is out of range; give " + least + " or more");
        }
        return value;
    }
}
