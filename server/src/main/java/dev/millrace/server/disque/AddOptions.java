// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Terms;
import dev.millrace.job.Job;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.WireNames;
import dev.millrace.server.commands.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can stand behind {@code ADDJOB queue body timeout}: the options of Disque, and ours. */
final class AddOptions {
    /** The longest time to live: a hundred years. */
    static final long LONGEST_SECONDS = 3_155_760_000L;

    private static final long DAY = 86_400;
    private static final long LONGEST_USUAL_RETRY = 300;
    private static final long MOST_COPIES = 65_535;
    private static final int UNSET = -1;
    private static final String REPLICATE = "ERR REPLICATE must be between 1 and 65535";
    private static final String TTL = "ERR TTL must be a number > 0";
    private static final String RETRY = "ERR RETRY time must be a non negative number";
    private static final String DELAY = "ERR DELAY time must be a non negative number";
    private static final String MAXLEN = "ERR MAXLEN must be a positive number";
    private static final String DELIVERIES = "ERR DELIVERIES must be a positive number";
    private static final String PRIORITY = "ERR PRIORITY must be between 0 and 9";

    long ttl = DAY;
    long retry = UNSET;
    long delay;
    long maxlen = Terms.NO_LIMIT;
    long replicate = 1;
    private int deliveries = Terms.NO_LIMIT;
    private int priority = Job.DEFAULT_PRIORITY;
    private boolean front;
    private boolean ttlGiven;
    private @Nullable String id;
    private final Map<String, String> headers = new LinkedHashMap<>();

    static AddOptions read(byte[][] words, int first) {
        AddOptions options = new AddOptions();
        int at = first;
        while (at < words.length) {
            at += options.read(words, at, words.length - at - 1);
        }
        return options;
    }

    /** Reads one option; says how many words it has. */
    private int read(byte[][] words, int at, int behind) {
        byte[] word = words[at];
        if (Words.is(word, "async")) {
            return 1;
        }
        if (Words.is(word, "front")) {
            front = true;
            return 1;
        }
        if (behind == 0) {
            throw new Refusal(Refusal.SYNTAX);
        }
        byte[] value = words[at + 1];
        if (Words.is(word, "replicate")) {
            replicate = between(value, 1, MOST_COPIES, REPLICATE);
        } else if (Words.is(word, "ttl")) {
            ttl = seconds(value, 1, TTL, "TTL");
            ttlGiven = true;
        } else if (Words.is(word, "retry")) {
            retry = seconds(value, 0, RETRY, "RETRY");
        } else if (Words.is(word, "delay")) {
            delay = between(value, 0, Long.MAX_VALUE, DELAY);
        } else if (Words.is(word, "maxlen")) {
            maxlen = between(value, 1, Long.MAX_VALUE, MAXLEN);
        } else {
            return readOurs(words, at, behind);
        }
        return 2;
    }

    private int readOurs(byte[][] words, int at, int behind) {
        byte[] word = words[at];
        byte[] value = words[at + 1];
        if (Words.is(word, "id")) {
            id = Words.text(value);
        } else if (Words.is(word, "deliveries")) {
            deliveries = (int) Math.min(between(value, 1, Long.MAX_VALUE, DELIVERIES), Terms.NO_LIMIT);
        } else if (Words.is(word, "priority")) {
            priority = (int) between(value, Job.LOWEST_PRIORITY, Job.HIGHEST_PRIORITY, PRIORITY);
        } else if (Words.is(word, "header") && behind > 1) {
            headers.put(Words.text(value), Words.text(words[at + 2]));
            return 3;
        } else {
            throw new Refusal(Refusal.SYNTAX);
        }
        return 2;
    }

    private static long between(byte[] value, long least, long most, String otherwise) {
        long number = Words.number(value, otherwise);
        if (number < least || number > most) {
            throw new Refusal(otherwise);
        }
        return number;
    }

    private static long seconds(byte[] value, long least, String otherwise, String name) {
        long number = between(value, least, Long.MAX_VALUE, otherwise);
        if (number > LONGEST_SECONDS) {
            throw new Refusal("ERR " + name + " must be at most " + LONGEST_SECONDS + " seconds (100 years)");
        }
        return number;
    }

    /** Whether somebody said for how long the job is to live. */
    boolean hasTtl() {
        return ttlGiven;
    }

    /** The retry time, as Disque chooses it where nobody does. */
    long retrySeconds() {
        return retry == UNSET ? Math.clamp(ttl / 10, 1, LONGEST_USUAL_RETRY) : retry;
    }

    Terms terms(Terms.RetryClock clock) {
        return new Terms(retrySeconds() * 1000, clock, maxlen, deliveries);
    }

    /** The server gives that of long names itself; a server in front of this one gives the same. */
    private Map<String, String> given(byte[] wireName) {
        String name = headers.get(WireNames.HEADER);
        if (name != null && !WireNames.isNameOf(wireName, name)) {
            throw new Refusal(Additions.RESERVED);
        }
        return headers;
    }

    /** A job with all that stands in the job itself. */
    Job on(Job plain, byte[] wireName) {
        try {
            Job job = delay > 0 ? plain.after(Duration.ofSeconds(delay)) : plain;
            job = front ? job.atFront() : job;
            job = priority == Job.DEFAULT_PRIORITY ? job : job.withPriority(priority);
            job = id == null ? job : job.withId(id);
            return job.withHeaders(given(wireName));
        } catch (IllegalArgumentException e) {
            throw new Refusal("ERR " + e.getMessage());
        }
    }
}
