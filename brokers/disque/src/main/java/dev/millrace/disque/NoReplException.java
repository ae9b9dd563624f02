// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code NOREPL}: not enough nodes took a copy of the job. If {@link #mayBeDelivered()}, some of them have it and may
 * deliver it in spite of this error.
 */
public final class NoReplException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    NoReplException(String message) {
        super(message);
    }

    /**
     * Whether the job may be delivered all the same: the time for replication ran out when copies had been sent.
     *
     * @return true after a timeout
     */
    public boolean mayBeDelivered() {
        return prefixed("NOREPL Timeout");
    }

    /**
     * Whether another node helps: this one leaves the cluster or is out of memory, so another one may take the job.
     *
     * @return true if the node itself was the hindrance
     */
    @Override
    public boolean helpsElsewhere() {
        return String.valueOf(getMessage()).contains("unable to hold a copy");
    }

    /**
     * Whether waiting helps: nodes may become reachable.
     *
     * @return true unless the job's own life ended before
     */
    @Override
    public boolean helpsLater() {
        return !prefixed("NOREPL job removed");
    }

    private boolean prefixed(String text) {
        return String.valueOf(getMessage()).startsWith(text);
    }
}
