// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.job.Codec;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A job of the demonstration.
 *
 * @param number its number, from 0
 * @param fate what becomes of it
 * @param file the number of the file in the snapshot, or {@link #NO_FILE} if the content is in the body
 * @param content what is to be digested, empty if it is in a file
 */
record DemoJob(int number, Fate fate, int file, Payload content) {
    static final int NO_FILE = -1;

    /** Number, fate and file as text on one line, then the content. */
    static final Codec<DemoJob> CODEC = new Codec<>() {
        @Override
        public Payload encode(DemoJob job) {
            byte[] head = (job.number + " " + job.fate + " " + job.file + "\n").getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + job.content.size());
            job.content.copyTo(all, head.length);
            return Payload.wrap(all);
        }

        @Override
        public DemoJob decode(Payload payload) {
            byte[] all = payload.bytes();
            int end = 0;
            while (end < all.length && all[end] != '\n') {
                end++;
            }
            try {
                String[] head = new String(all, 0, end, StandardCharsets.US_ASCII).split(" ", -1);
                return new DemoJob(
                        Integer.parseInt(head[0]),
                        Fate.valueOf(head[1]),
                        Integer.parseInt(head[2]),
                        Payload.wrap(Arrays.copyOfRange(all, end + 1, all.length)));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new DecodeException("this is no job of the demonstration", e);
            }
        }
    };
}
