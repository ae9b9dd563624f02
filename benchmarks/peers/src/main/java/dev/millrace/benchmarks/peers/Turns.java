// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/*
 * A program of this package is told the address of its server. Then it reads "deed jobs threads" a line, does that, and answers with a
 * line. It stays between turns, so Java has compiled what it runs after the first of them.
 *
 *   single J T    enqueues J jobs one by one, on T threads     rate JOBS-A-SECOND
 *   bulk J T      the same in parcels of a thousand            rate JOBS-A-SECOND
 *   work J T      works J jobs off with T handlers             rate JOBS-A-SECOND LOST DUPLICATED
 *   latency J T   J jobs for T idle handlers, one by one       latency P50-MICROS P99-MICROS
 */
/** Measures a peer as it is told. */
final class Turns {
    private static final int PARCEL = 1_000;
    private static final int SIZE = 64;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long PATIENCE_SECONDS = 60;

    private final Peer peer;

    private Turns(Peer peer) {
        this.peer = peer;
    }

    /** Takes turns until standard input ends. */
    static void serve(Peer peer) throws Exception {
        Turns turns = new Turns(peer);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            String answer = turns.take(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            System.out.println(answer);
            if (System.out.checkError()) {
                throw new IOException("nobody reads what was measured");
            }
        }
        peer.close();
    }

    private String take(String deed, int jobs, int threads) throws Exception {
        peer.clear();
        return switch (deed) {
            case "single" -> enqueue(jobs, threads, 1);
            case "bulk" -> enqueue(jobs, threads, PARCEL);
            case "work" -> work(jobs, threads);
            case "latency" -> latency(jobs, threads);
            default -> throw new IllegalArgumentException("unknown deed " + deed);
        };
    }

    private String enqueue(int jobs, int threads, int parcel) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            long begin = System.nanoTime();
            for (int thread = 0; thread < threads; thread++) {
                int mine = jobs / threads;
                int first = thread * mine;
                all.add(executor.submit(() -> {
                    send(first, mine, parcel);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return rate(jobs, System.nanoTime() - begin);
        }
    }

    private void send(int first, int jobs, int parcel) throws Exception {
        for (int done = 0; done < jobs; done += parcel) {
            int many = Math.min(parcel, jobs - done);
            List<String> payloads = new ArrayList<>(many);
            for (int i = 0; i < many; i++) {
                payloads.add(payload(first + done + i));
            }
            peer.enqueue(payloads);
        }
    }

    /** A number, in as many characters as every payload has. */
    private static String payload(long number) {
        String digits = Long.toString(number);
        return "0".repeat(SIZE - digits.length()) + digits;
    }

    private String work(int jobs, int threads) throws Exception {
        send(0, jobs, PARCEL);
        Tally tally = new Tally(jobs);
        long begin = System.nanoTime();
        try (AutoCloseable worker = peer.work(threads, payload -> tally.add(Integer.parseInt(payload)))) {
            tally.await();
            long nanos = System.nanoTime() - begin;
            return rate(jobs, nanos) + " " + tally.missing() + " " + tally.repeated();
        }
    }

    private String latency(int jobs, int threads) throws Exception {
        SynchronousQueue<Long> starts = new SynchronousQueue<>();
        long[] micros = new long[jobs];
        try (AutoCloseable worker = peer.work(threads, payload -> put(starts, Long.parseLong(payload)))) {
            for (int i = 0; i < jobs; i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                peer.enqueue(List.of(payload(System.nanoTime())));
                Long taken = starts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (taken == null) {
                    throw new IllegalStateException("a job did not start in " + PATIENCE_SECONDS + " s");
                }
                micros[i] = taken / 1_000;
            }
        }
        Arrays.sort(micros);
        return "latency " + micros[jobs / 2] + " " + micros[(int) (jobs * 0.99)];
    }

    private static void put(SynchronousQueue<Long> starts, long sent) {
        long nanos = System.nanoTime() - sent;
        try {
            starts.put(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rate(int jobs, long nanos) {
        return String.format(Locale.ROOT, "rate %f", jobs / (nanos / 1e9));
    }
}
