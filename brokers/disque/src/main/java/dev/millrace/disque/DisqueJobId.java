// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/*
 *   D-dcb833cf-8YL1NT17e9+wsA/09NqxscQI-05a1
 *   0 2        11                       36      position
 *     |        |                        └ time to live in minutes, 4 hex digits; odd: at least once, even: at most once
 *     |        └ 24 random characters
 *     └ the first 8 hex digits of the id of the node that created the job
 *
 * A server looks at the length, the D and the three hyphens, so this does too.
 */
/** The id of a job: 40 characters that also say which node created it and what it was promised. Immutable. */
public final class DisqueJobId {
    private static final int LENGTH = 40;
    private static final int PREFIX = 2;
    private static final int MIDDLE = 11;
    private static final int TTL = 36;
    private static final int HEX = 16;

    private final String text;

    private DisqueJobId(String text) {
        this.text = text;
    }

    /**
     * Reads an id.
     *
     * @param text {@code D-}, 8 characters, {@code -}, 24 characters, {@code -}, 4 characters, each of one byte
     * @return the id
     * @throws IllegalArgumentException if it has another form, which a server would answer with BADID
     */
    public static DisqueJobId parse(String text) {
        if (!wellFormed(text)) {
            throw new IllegalArgumentException("'" + text
                    + "' is no id of a job; give 40 characters like D-dcb833cf-8YL1NT17e9+wsA/09NqxscQI-05a1");
        }
        return new DisqueJobId(text);
    }

    static DisqueJobId of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!wellFormed(text)) {
            throw new DisqueProtocolException("the server gave '" + text + "' as the id of a job", null);
        }
        return new DisqueJobId(text);
    }

    private static boolean wellFormed(String text) {
        return text.length() == LENGTH
                && text.charAt(0) == 'D'
                && text.charAt(1) == '-'
                && text.charAt(MIDDLE - 1) == '-'
                && text.charAt(TTL - 1) == '-'
                && text.chars().allMatch(character -> character <= 0xFF);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * The beginning of the id of the node that created the job. Two nodes may share it, and the job may have moved since:
     * it is a hint.
     *
     * @return 8 characters, hex digits if the server is Disque
     */
    public String nodePrefix() {
        return text.substring(PREFIX, MIDDLE - 1);
    }

    /**
     * How long the job was to live when it was created, as exactly as the id says it: whole minutes, the last bit of
     * which is used for {@link #atMostOnce()}. 65,535 minutes stand for that and everything above.
     *
     * @return zero for lives below two minutes
     * @throws IllegalStateException if the id does not end in four hex digits, so that it is not Disque's own
     */
    public Duration timeToLive() {
        return Duration.ofMinutes(minutes());
    }

    /**
     * Whether the job is never delivered twice (RETRY 0).
     *
     * @return false if it is delivered again until it is acknowledged
     * @throws IllegalStateException if the id does not end in four hex digits, so that it is not Disque's own
     */
    public boolean atMostOnce() {
        return (minutes() & 1) == 0;
    }

    private int minutes() {
        try {
            return Integer.parseInt(text, TTL, LENGTH, HEX);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("the id " + text + " does not end in four hex digits", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DisqueJobId id && text.equals(id.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The 40 characters. */
    @Override
    public String toString() {
        return text;
    }
}
