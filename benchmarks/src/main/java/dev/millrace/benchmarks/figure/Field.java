// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.clients.OurDriver;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.Rivals;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clients that take turns on one server: the real one if its path is given, else ours. In memory, so the clients count. */
record Field(Served served, Map<String, Contestant> contestants) implements AutoCloseable {
    static final String OURS = "millrace";

    /** Starts the server, and a process for each client that can do the deed. */
    static Field start(Bench bench, String deed) throws IOException {
        Optional<Path> binary = Rivals.disque();
        Served served = binary.isPresent()
                ? Served.disque(bench.folder("disque"), Safety.MEMORY, binary.get())
                : Served.millrace(bench.folder("millrace"), Safety.MEMORY, List.of("-XX:+UseParallelGC"));
        Field field = new Field(served, new LinkedHashMap<>());
        try {
            field.contestants.put(OURS, Contestant.ours(served, deed));
            if (deed.equals(OurDriver.CYCLES)) {
                field.contestants.put("jedisque", Contestant.other("jedisque", "JedisqueDriver.java", served, deed));
            }
            field.contestants.put("spinach", Contestant.other("spinach", "SpinachDriver.java", served, deed));
            bench.report().note("on %s; go-disque is not at hand", server());
            return field;
        } catch (IOException | RuntimeException e) {
            field.close();
            throw e;
        }
    }

    /** What they run on. */
    static String server() {
        return Rivals.disque().isPresent() ? "disque" : "our own server";
    }

    /** Each in its turn; the server is emptied after each. */
    Rounds rounds(Bench bench, int threads) throws Exception {
        return Rounds.of(bench.options().rounds(), bench.report(), turns(bench, threads));
    }

    Map<String, Rounds.Turn> turns(Bench bench, int threads) {
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        contestants.forEach((name, contestant) -> turns.put(name, () -> {
            double rate = contestant.rate(threads, bench.options().time());
            served.flush();
            return rate;
        }));
        return turns;
    }

    List<String> others() {
        return contestants.keySet().stream().filter(name -> !name.equals(OURS)).toList();
    }

    /** Who of the others did most. */
    String best(Rounds rounds) {
        return others().stream()
                .max(Comparator.comparingDouble(name -> rounds.of(name).median()))
                .orElseThrow();
    }

    @Override
    public void close() {
        contestants.values().forEach(Contestant::close);
        served.close();
    }
}
