// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

/** How much is logged on standard error. */
enum LogLevel {
    OFF(System.Logger.Level.OFF),
    ERROR(System.Logger.Level.ERROR),
    WARNING(System.Logger.Level.WARNING),
    INFO(System.Logger.Level.INFO),
    DEBUG(System.Logger.Level.DEBUG),
    TRACE(System.Logger.Level.TRACE);

    private final System.Logger.Level level;

    LogLevel(System.Logger.Level level) {
        this.level = level;
    }

    System.Logger.Level level() {
        return level;
    }

    boolean showsTraces() {
        return compareTo(DEBUG) >= 0;
    }

    /** In lower case, as it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
