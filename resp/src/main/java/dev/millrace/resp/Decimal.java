// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.util.function.Supplier;

/**
 * Whole numbers of 64 bits in the one form in which RESP writes them: digits without leading zeros, behind a minus or
 * nothing. They are summed up below zero, because there is one number more on that side.
 */
final class Decimal {
    private Decimal() {}

    /** The number between two places. */
    static long parse(byte[] text, int from, int to, Supplier<String> otherwise) throws ProtocolException {
        boolean negative = from < to && text[from] == '-';
        int at = negative ? from + 1 : from;
        if (at == to || (text[at] == '0' && to - from > 1)) {
            throw new ProtocolException(otherwise.get());
        }
        long below = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9 || below < (Long.MIN_VALUE + digit) / 10) {
                throw new ProtocolException(otherwise.get());
            }
            below = below * 10 - digit;
        }
        if (!negative && below == Long.MIN_VALUE) {
            throw new ProtocolException(otherwise.get());
        }
        return negative ? below : -below;
    }
}
