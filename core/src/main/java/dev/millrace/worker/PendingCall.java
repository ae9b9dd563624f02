// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/** A call to the broker that one thread makes again and again, and how long it has had no answer. Read by anybody. */
final class PendingCall {
    private static final long NONE = Long.MIN_VALUE;

    private final long allowed;
    private volatile long since = NONE;

    /**
     * None is under way.
     *
     * @param allowed nanoseconds that it may take
     */
    PendingCall(long allowed) {
        this.allowed = allowed;
    }

    void begin(long now) {
        since = now;
    }

    /** It is over, well or not. */
    void end() {
        since = NONE;
    }

    /** How long it has had no answer, if that is longer than it may take; else 0. */
    long silence(long now) {
        long begun = since;
        return begun != NONE && now - begun > allowed ? now - begun : 0;
    }
}
