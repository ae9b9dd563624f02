// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.job.JobId;

/** Ids that a store gives: its name, a hyphen, and the number of the job. */
final class JobIds {
    private final String prefix;

    JobIds(String storeName) {
        prefix = storeName + "-";
    }

    JobId of(long sequence) {
        return new JobId(prefix + sequence);
    }

    /** The id of a job that is there. */
    JobId of(Held held) {
        String chosen = held.chosenId();
        return chosen == null ? of(held.sequence()) : new JobId(chosen);
    }

    /** Whether only the store may give this id. */
    boolean isOwn(String id) {
        return sequence(id) > 0;
    }

    /** The number in an id of this store, or 0. */
    private long sequence(String id) {
        if (!id.startsWith(prefix) || id.length() > prefix.length() + 18) {
            return 0;
        }
        long number = 0;
        for (int i = prefix.length(); i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The slot of a job, or -1. */
    int find(Engine engine, JobId id) {
        long sequence = sequence(id.value());
        return sequence > 0 ? engine.find(sequence) : engine.find(id.value());
    }
}
