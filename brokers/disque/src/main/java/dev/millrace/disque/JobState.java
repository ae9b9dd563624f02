// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/** What state a job is in, as the asked node knows. */
public enum JobState {
    /** Its client still waits for copies on other nodes. */
    WAIT_REPL("wait-repl"),
    /** Known but not queued here: delivered, delayed, taken out by DEQUEUE, or a copy. */
    ACTIVE("active"),
    /** Ready to be delivered by this node. */
    QUEUED("queued"),
    /** Acknowledged, and kept until all nodes know. */
    ACKED("acked"),
    /** Put aside until somebody queues it again. Only servers of Millrace know it. */
    DEAD("dead");

    private final String word;

    JobState(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static JobState of(String word) {
        for (JobState state : values()) {
            if (state.word.equals(word)) {
                return state;
            }
        }
        throw new DisqueProtocolException(
                "the server knows a job state '" + word + "' that this client does not", null);
    }
}
