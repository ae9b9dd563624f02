// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.job.Headers;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.WireNames;
import dev.millrace.server.commands.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/** What may stand behind the ids of jobs that are handed back or put aside: {@code [DELAY s | PDELAY ms] [HEADER name value]…}. */
final class Additions {
    private static final String BAD_DELAY = "ERR DELAY time must be a non negative number";
    static final String RESERVED =
            "ERR the header " + WireNames.HEADER + " is the server's own: it names the queue of a job";

    private static final long NONE = -1;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private long delayMillis = NONE;

    Additions(byte[][] words, int first) {
        int at = first;
        while (at < words.length) {
            at += read(words, at, words.length - at - 1);
        }
        if (headers.containsKey(WireNames.HEADER)) {
            throw new Refusal(RESERVED);
        }
        try {
            Headers.check(headers);
        } catch (IllegalArgumentException e) {
            throw new Refusal("ERR " + e.getMessage());
        }
    }

    static boolean isOption(byte[] word) {
        return Words.is(word, "delay") || Words.is(word, "pdelay") || Words.is(word, "header");
    }

    private int read(byte[][] words, int at, int behind) {
        if (Words.is(words[at], "header") && behind > 1) {
            headers.put(Words.text(words[at + 1]), Words.text(words[at + 2]));
            return 3;
        }
        boolean seconds = Words.is(words[at], "delay");
        if (behind == 0 || (!seconds && !Words.is(words[at], "pdelay"))) {
            throw new Refusal(Refusal.SYNTAX);
        }
        long delay = Words.number(words[at + 1], BAD_DELAY);
        if (delay < 0 || delay > AddOptions.LONGEST_SECONDS * (seconds ? 1 : 1000)) {
            throw new Refusal(BAD_DELAY);
        }
        delayMillis = seconds ? delay * 1000 : delay;
        return 2;
    }

    boolean isEmpty() {
        return !hasDelay() && headers.isEmpty();
    }

    boolean hasDelay() {
        return delayMillis != NONE;
    }

    long delayMillis() {
        return Math.max(0, delayMillis);
    }

    Map<String, String> headers() {
        return headers;
    }
}
