// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/** How a job ended, as a server of Millrace says it. */
public enum JobEnd {
    /** It was acknowledged. */
    ACKED("acked"),
    /** It was thrown away by a person or a program. */
    DELETED("deleted"),
    /** Its time to live was over. */
    EXPIRED("expired"),
    /** It was put aside: by hand, or delivered as often as it might be. */
    DEAD("dead"),
    /** The server knows no such job: it ended before, or never was there. */
    UNKNOWN("unknown");

    private final String word;

    JobEnd(String word) {
        this.word = word;
    }

    static JobEnd of(String word) {
        for (JobEnd end : values()) {
            if (end.word.equals(word)) {
                return end;
            }
        }
        throw new DisqueProtocolException("the server says that a job ended '" + word + "', which is not known", null);
    }
}
