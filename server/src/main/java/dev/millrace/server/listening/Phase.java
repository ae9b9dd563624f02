// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

/**
 * When in a turn a request is done. The requests of one connection are done in their order; those of many are sorted by
 * phase, so that the host gets few large groups.
 */
public enum Phase {
    /** Stores jobs. */
    ADD,
    /** Changes jobs or queues. */
    CHANGE,
    /** Takes jobs. */
    TAKE,
    /** Looks at jobs or queues. */
    LOOK,
    /** Asks nothing of the host: done wherever it stands. */
    FREE,
    /** Done only when all that stood before it on its connection is done. */
    ALONE
}
