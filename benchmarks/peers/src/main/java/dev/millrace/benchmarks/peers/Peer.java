// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/*
 * A program of this package is told the address of its server and what to do. Then it reads "jobs threads" a line, does that,
 * and answers "rate" with jobs a second. It stays between turns, so Java has compiled what it runs after the first of them.
 */
/** Something that works off jobs in a library's own way. */
@FunctionalInterface
interface Peer {
    /** What each job carries. */
    String PAYLOAD = "b".repeat(64);

    /** One turn; how many nanoseconds it took, what was prepared for it not counted. */
    long turn(int jobs, int threads) throws Exception;

    /** Takes turns until standard input ends. */
    static void serve(Peer peer) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            int jobs = Integer.parseInt(words[0]);
            long nanos = peer.turn(jobs, Integer.parseInt(words[1]));
            System.out.printf(Locale.ROOT, "rate %f%n", jobs / (nanos / 1e9));
            if (System.out.checkError()) {
                throw new IOException("nobody reads what was measured");
            }
        }
    }

    /** Does something on so many threads at once, to the end of all; nanoseconds. */
    static long together(int threads, Callable<?> deed) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            long begin = System.nanoTime();
            List<Future<?>> all = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> executor.submit(deed))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
            return System.nanoTime() - begin;
        }
    }

    /** Does something so often, on so many threads; nanoseconds. */
    static long often(int times, int threads, Runnable deed) throws Exception {
        return together(threads, () -> {
            for (int i = 0; i < times / threads; i++) {
                deed.run();
            }
            return true;
        });
    }
}
