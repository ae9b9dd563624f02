// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Logs on standard error, one line for each message: a logging library would take longer to load than most commands run.
 * The level and the stream belong to the process, as the logging of Java does. Thread-safe, and public because the JDK
 * makes it.
 */
public final class StandardErrorLogs extends System.LoggerFinder {
    private static volatile System.Logger.Level level = System.Logger.Level.WARNING;
    private static volatile PrintStream stream =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    private static final ReentrantLock LINES = new ReentrantLock();

    /** Made by the JDK, once. */
    public StandardErrorLogs() {}

    /** Says how much is logged from now on, and where. */
    static void configure(LogLevel wanted, PrintStream err) {
        level = wanted.level();
        stream = err;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new LineLogger(name);
    }

    private record LineLogger(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level asked) {
            return asked != Level.OFF && asked.getSeverity() >= level.getSeverity();
        }

        @Override
        public void log(Level asked, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            if (!isLoggable(asked)) {
                return;
            }
            boolean traces = level.getSeverity() <= Level.DEBUG.getSeverity();
            String cause = thrown == null || traces ? "" : ": " + thrown;
            write(asked, (bundle == null ? message : bundle.getString(message)) + cause, traces ? thrown : null);
        }

        @Override
        public void log(Level asked, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
            if (isLoggable(asked)) {
                String pattern = bundle == null ? format : bundle.getString(format);
                boolean plain = values == null || values.length == 0;
                write(asked, plain ? pattern : new MessageFormat(pattern, Locale.ROOT).format(values), null);
            }
        }

        private void write(Level asked, String message, @Nullable Throwable trace) {
            PrintStream err = stream;
            String line = "millrace: " + asked.name().toLowerCase(Locale.ROOT) + ": " + Printable.of(message);
            LINES.lock();
            try {
                err.println(line);
                if (trace != null) {
                    trace.printStackTrace(err);
                }
            } finally {
                LINES.unlock();
            }
        }
    }
}
