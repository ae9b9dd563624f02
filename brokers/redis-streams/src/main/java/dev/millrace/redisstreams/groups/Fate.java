// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

/** What became of a pending entry that was asked for. */
enum Fate {
    /** Another consumer has it, or it was acknowledged. */
    GONE,
    /** It is this consumer's. */
    HAD,
    /** The stream has it no more. */
    VANISHED;

    static Fate of(int answer) {
        return values()[answer];
    }
}
