// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.hosting.Host;

/** How much memory is used, and how much may be. Belongs to the loop. */
public final class Memory {
    /** What a server takes without any job. */
    private static final long SERVER = 1 << 20;

    /** What a job takes beside its body, until the host has counted it. */
    private static final long JOB = 256;

    private static final int TIGHT = 75;
    private static final int FULL = 95;

    private final Host host;
    private long used = SERVER;
    private long peak = SERVER;
    private long limit;
    private int guesses;

    public Memory(Host host, long limit) {
        this.host = host;
        this.limit = limit;
    }

    /** What is used now. */
    public long used() {
        used = SERVER + host.usage().memoryBytes();
        guesses = 0;
        peak = Math.max(peak, used);
        return used;
    }

    public long peak() {
        return peak;
    }

    public long limit() {
        return limit;
    }

    public void limit(long bytes) {
        limit = bytes;
    }

    /** Counts a job that the host is going to get. */
    public void expect(long body) {
        used += body + JOB;
    }

    /** Whether there is no room for more jobs: above three quarters of the limit, as in Disque. */
    public boolean tight() {
        return used > percent(TIGHT) && used() > percent(TIGHT);
    }

    private long percent(int hundredths) {
        return limit / 100 * hundredths;
    }

    /** Whether there is no room at all. The host is asked now and then only. */
    public boolean full() {
        if (guesses-- <= 0) {
            used();
            guesses = 1000;
        }
        return used > percent(FULL) && used() > percent(FULL);
    }
}
