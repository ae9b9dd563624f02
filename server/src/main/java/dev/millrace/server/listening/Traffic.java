// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

/** How much went in and out. Written on the loop only; what others read may be a moment old. */
public final class Traffic {
    private volatile long in;
    private volatile long out;
    private volatile long accepted;
    private volatile long refused;

    Traffic() {}

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes.
    void in(long bytes) {
        in += bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes.
    void out(long bytes) {
        out += bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes.
    void accepted() {
        accepted++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes.
    void refused() {
        refused++;
    }

    /** Begins anew. */
    public void reset() {
        in = 0;
        out = 0;
        accepted = 0;
        refused = 0;
    }

    /**
     * What was heard.
     *
     * @return bytes
     */
    public long bytesIn() {
        return in;
    }

    /**
     * What was said.
     *
     * @return bytes
     */
    public long bytesOut() {
        return out;
    }

    /**
     * Connections that were let in.
     *
     * @return how many
     */
    public long connections() {
        return accepted;
    }

    /**
     * Connections that were one too many.
     *
     * @return how many
     */
    public long rejections() {
        return refused;
    }
}
