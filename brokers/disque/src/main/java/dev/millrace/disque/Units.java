// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Duration;

/*
 * Lengths of time in the units of the protocol. What lies between two units is rounded up: a shorter one could change what
 * a job promises (RETRY 0 is another guarantee, TIMEOUT 0 is for ever). The server keeps them in 32 bits and wraps
 * silently beyond, so what does not fit is refused here.
 */
final class Units {
    /** 2^31 - 1: also what added to the time of day fits into 32 bits until 2038 and later. */
    static final long MOST = Integer.MAX_VALUE;
    /** The server multiplies RETRY by 1000 in 32 bits. */
    static final long MOST_RETRY_SECONDS = 4_294_967;

    /** A hundred years: what servers of Millrace take where Disque has no word. */
    static final Duration LONGEST_WAIT = Duration.ofDays(36_525);

    private Units() {}

    static long secondsUp(Duration value) {
        long seconds = value.toSeconds();
        return Duration.ofSeconds(seconds).equals(value) ? seconds : Math.addExact(seconds, 1);
    }

    static long secondsUp(String what, Duration value, long least, long most) {
        long seconds = value.compareTo(Duration.ofSeconds(most)) > 0 ? most + 1 : secondsUp(value);
        if (value.isNegative() || seconds < least || seconds > most) {
            throw new IllegalArgumentException(what + " " + value + " is out of range; give more than "
                    + (least == 0 ? "or exactly " : "") + "zero and at most " + most + " seconds");
        }
        return seconds;
    }

    static long millisUp(String what, Duration value) {
        return millisUp(what, value, Duration.ofMillis(MOST));
    }

    static long millisUp(String what, Duration value, Duration most) {
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    what + " " + value + " is out of range; give zero to " + most.toMillis() + " milliseconds");
        }
        long millis = value.toMillis();
        return Duration.ofMillis(millis).equals(value) ? millis : millis + 1;
    }

    static int inRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is out of range; give " + least + " to " + most);
        }
        return value;
    }
}
