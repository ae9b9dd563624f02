// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.MillraceException;

/** Something was asked of a broker that it cannot do; nothing was sent. */
public final class UnsupportedFeatureException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** Who cannot. */
    private final String broker;

    /** What it cannot do. */
    private final String feature;

    /**
     * Makes the exception.
     *
     * @param broker the name of the broker
     * @param feature what it cannot do
     * @param asker who asked, such as {@code job for queue mail} or {@code retry policy}
     */
    public UnsupportedFeatureException(String broker, String feature, String asker) {
        super(
                "broker " + broker + " cannot do " + feature + ", asked for by " + asker
                        + "; see CAPABILITIES.md for the brokers that can",
                null);
        this.broker = broker;
        this.feature = feature;
    }

    /**
     * Who cannot.
     *
     * @return the name of the broker
     */
    public String broker() {
        return broker;
    }

    /**
     * What it cannot do.
     *
     * @return a {@link Feature} by name, or what else was asked for
     */
    public String feature() {
        return feature;
    }
}
