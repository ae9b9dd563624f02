// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Payloads that say which they are, so that a test can tell what came back. */
final class Frames {
    private static final int PREAMBLE = -1;

    private Frames() {}

    /** The payload number n: its number, and bytes that only this number has. */
    static byte[] payload(int number, int length) {
        byte[] bytes = new byte[Math.max(4, length)];
        new Random(number).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(0, number);
        return bytes;
    }

    static byte[] preamble() {
        return payload(PREAMBLE, 40);
    }

    /** Collects what is replayed, checks each payload, and leaves preambles out. */
    static final class Collector implements FrameVisitor {
        final List<Integer> numbers = new ArrayList<>();
        final List<Long> positions = new ArrayList<>();
        int preambles;

        @Override
        public void frame(long position, byte[] buffer, int offset, int length) {
            byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
            int number = ByteBuffer.wrap(bytes).getInt();
            if (!Arrays.equals(bytes, payload(number, length))) {
                throw new AssertionError("frame " + number + " at " + position + " came back changed");
            }
            if (number == PREAMBLE) {
                preambles++;
            } else if (preambles == 0) {
                throw new AssertionError("no preamble before frame " + number);
            } else {
                numbers.add(number);
                positions.add(position);
            }
        }
    }
}
