// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Turns what handlers throw and say into text that every broker can carry. */
final class Texts {
    private Texts() {}

    /** At most {@link AttemptHistory#MAX_ERROR_CHARS} characters, no NUL, no half of a surrogate pair. */
    static String clean(String text) {
        int length = Math.min(text.length(), AttemptHistory.MAX_ERROR_CHARS);
        if (length < text.length() && Character.isHighSurrogate(text.charAt(length - 1))) {
            length--;
        }
        StringBuilder kept = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                kept.append(c).append(text.charAt(++i));
            } else {
                kept.append(Character.isSurrogate(c) || c == 0 ? '?' : c);
            }
        }
        return kept.toString();
    }

    /** What went wrong; the message alone where it was written for people by this package. */
    static String of(Throwable error) {
        String text;
        try {
            String message = error.getMessage();
            boolean ours = error instanceof RetryAsked || error instanceof TimeoutException;
            text = ours && message != null ? message : error.toString();
        } catch (RuntimeException | Error e) {
            text = error.getClass().getName();
        }
        return clean(text);
    }

    /** A length of time as people write it: 30s, 1m 30s, 0.05s. */
    static String of(Duration length) {
        return length.toString().substring(2).replaceAll("([HM])(?=.)", "$1 ").toLowerCase(Locale.ROOT);
    }
}
