// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.clients;

import dev.millrace.benchmarks.measure.Crew;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/*
 * What a process does that measures a client: it reads "threads seconds" a line, lets so many threads work for so long,
 * and answers with what they did in a second. It stays, so Java has compiled what it runs after the first turns.
 */
/** The main loop of a contestant. */
public final class Loop {
    private Loop() {}

    /** Makes what one thread does; called once for each thread of a turn, in its turn. */
    @FunctionalInterface
    public interface Maker {
        /** A worker of its own, perhaps with a connection of its own. */
        Crew.Work work() throws Exception;
    }

    /** Serves until standard input ends. */
    public static void serve(Maker maker) throws Exception {
        List<Crew.Work> works = new ArrayList<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            int threads = Integer.parseInt(words[0]);
            while (works.size() < threads) {
                works.add(maker.work());
            }
            Duration time = Duration.ofNanos((long) (Double.parseDouble(words[1]) * 1e9));
            answer(Crew.run(works.subList(0, threads), time).rate());
        }
    }

    private static void answer(double rate) throws IOException {
        System.out.printf(Locale.ROOT, "rate %f%n", rate);
        if (System.out.checkError()) {
            throw new IOException("nobody reads what was measured");
        }
    }
}
