// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import dev.millrace.cli.watch.Stopwatch;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A line on a terminal that shows how far long work has come; nothing at all where no terminal looks. Its user tells it
 * where it is, it decides when to draw. Used by one thread at a time.
 */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 20;
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Streams streams;
    private final String what;
    private final long total;
    private final Stopwatch watch = Stopwatch.start();
    private long nextDraw = REDRAW_NANOS;
    private long done;
    private boolean drawn;

    private Progress(Streams streams, String what, long total) {
        this.streams = streams;
        this.what = what;
        this.total = total;
    }

    /**
     * Begins work of a known size.
     *
     * @param streams where it is shown
     * @param what the work, in a word
     * @param total how much there is to do; 1 or more
     * @return the progress, at zero
     */
    public static Progress of(Streams streams, String what, long total) {
        return new Progress(streams, what, total);
    }

    /**
     * Begins work of unknown size.
     *
     * @param streams where it is shown
     * @param what the work, in a word
     * @return the progress, at zero
     */
    public static Progress ofUnknown(Streams streams, String what) {
        return new Progress(streams, what, 0);
    }

    /**
     * Says how far the work is.
     *
     * @param amount how much is done
     */
    public void at(long amount) {
        done = amount;
        if (streams.terminal() && watch.nanos() >= nextDraw) {
            nextDraw = watch.nanos() + REDRAW_NANOS;
            draw();
        }
    }

    private void draw() {
        drawn = true;
        streams.err().print(Terminal.CLEAR_LINE + line(done, watch.seconds()));
        streams.err().flush();
    }

    /** What is drawn. */
    String line(long amount, double seconds) {
        String rate = Figures.count(Figures.rate(amount, seconds)) + "/s";
        if (total == 0) {
            return what + "  " + Figures.count(amount) + "  " + rate;
        }
        long shown = Math.min(amount, total);
        int filled = (int) (shown * WIDTH / total);
        return String.format(Locale.ROOT, "%-8s [", what) + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] "
                + shown * 100 / total + "%  " + Figures.count(amount) + "/" + Figures.count(total) + "  " + rate;
    }

    /** Takes an unknown amount's line away and leaves a bar as it ended, so that what follows stands on a line of its own. */
    @Override
    public void close() {
        if (drawn && total == 0) {
            streams.err().print(Terminal.CLEAR_LINE);
        } else if (streams.terminal() && total > 0) {
            draw();
            streams.err().println();
        }
        streams.err().flush();
    }
}
