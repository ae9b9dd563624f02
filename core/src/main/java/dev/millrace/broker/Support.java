// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

/**
 * How a broker does something. Immutable and thread-safe.
 *
 * @param level whether and how
 * @param note what an emulation costs, or why it cannot be; empty where there is nothing to say
 */
public record Support(Level level, String note) {
    /** Whether and how. */
    public enum Level {
        /** The broker does it itself. */
        NATIVE,
        /** Millrace does it with other means of the broker; the note says what that costs. */
        EMULATED,
        /** It cannot be had; asking for it is refused. */
        NONE
    }

    /**
     * The broker does it itself.
     *
     * @return native support
     */
    public static Support nativeSupport() {
        return new Support(Level.NATIVE, "");
    }

    /**
     * Millrace does it with other means.
     *
     * @param cost what a user pays for it, such as {@code may duplicate}
     * @return emulated support
     */
    public static Support emulated(String cost) {
        return new Support(Level.EMULATED, cost);
    }

    /**
     * It cannot be had.
     *
     * @param why the reason
     * @return no support
     */
    public static Support none(String why) {
        return new Support(Level.NONE, why);
    }
}
