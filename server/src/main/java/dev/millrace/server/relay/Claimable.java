// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

/** A call that may have to wait: whoever claims it, and nobody else, answers or withdraws it. Thread-safe. */
interface Claimable {
    /** Whether the caller is the one. */
    boolean claim();

    /** Fails what the caller has claimed. */
    void fail(RuntimeException why);
}
