// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import dev.millrace.job.JobId;

/*
 * Numbers are what calls are made of, because a host that gives them itself needs nothing else. A host that stands on a
 * broker with ids of its own is told the id first, and lends a number for it. So a protocol can make what it sends from
 * the id alone, and nothing has to be remembered.
 */
/** Jobs that have ids of their own. Used by the caller of the {@link Host}, on the same thread. */
@FunctionalInterface
public interface Naming {
    /**
     * Lends a number for calls about a job.
     *
     * @param id which job; whether there is one is not asked yet
     * @return the number, good until the next {@link Host#run} is over
     */
    long number(JobId id);
}
