// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import java.nio.file.Path;

/**
 * One process of the crew, seen from both sides.
 *
 * @param role what it is for
 * @param number its number, from 1; no two have the same
 * @param queue the queue
 * @param evidence where its diary and its log are
 * @param rate how many jobs a second it sends, if it does
 */
record Part(Role role, int number, String queue, Path evidence, int rate) {
    Path diary() {
        return evidence.resolve(name() + ".diary");
    }

    Path log() {
        return evidence.resolve(name() + ".log");
    }

    String name() {
        return role.word() + "-" + number;
    }
}
