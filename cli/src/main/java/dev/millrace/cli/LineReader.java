// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream at its line feeds and leaves every other byte as it is. Not thread-safe. */
final class LineReader {
    /** What a line may have: above what a broker could take, below what an array can hold. */
    private static final int LONGEST = 1 << 30;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private boolean over;
    private long lines;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** How many lines were read so far. */
    long lines() {
        return lines;
    }

    /** The next line without its line feed, or null at the end. What follows the last line feed is a line if it is not empty. */
    byte @Nullable [] next() throws IOException {
        int searched = start;
        while (true) {
            int feed = indexOfFeed(searched);
            if (feed >= 0) {
                return take(feed, feed + 1);
            }
            if (over) {
                return start == end ? null : take(end, end);
            }
            int pending = end - start;
            fill();
            searched = start + pending;
        }
    }

    /** Whether more is there without waiting for who writes it. */
    boolean ready() throws IOException {
        return indexOfFeed(start) >= 0 || in.available() > 0;
    }

    private byte[] take(int to, int next) {
        byte[] line = Arrays.copyOfRange(buffer, start, to);
        start = next;
        lines++;
        return line;
    }

    private int indexOfFeed(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= LONGEST) {
                throw new IOException(
                        "line " + (lines + 1) + " is longer than " + LONGEST + " bytes; is this a text file?");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = in.read(buffer, end, buffer.length - end);
        over = count < 0;
        end += Math.max(0, count);
    }
}
