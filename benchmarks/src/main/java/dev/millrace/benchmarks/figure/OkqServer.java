// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.Binaries;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.OkqSubscription;
import dev.millrace.okq.PushEvent;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Our server, which syncs before every reply, in the place of okq and its Redis, which keeps all in memory: same client. */
final class OkqServer implements Figure {
    private static final String OURS = "millrace";
    private static final String THEIRS = "okq";
    private static final int CONNECTIONS = 16;
    private static final int EVENTS = 20_000;
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "okq-server";
    }

    @Override
    public String what() {
        return "64-byte events pushed one by one, and popped and acknowledged, on 16 connections; beside a real okq; events/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Optional<Path> binary = Binaries.named("OKQ_SERVER");
        if (binary.isEmpty()) {
            bench.report().note("OKQ_SERVER is not set to the path of an okq: nothing stands beside");
            return;
        }
        try (Served ours = Served.millrace(bench.folder(OURS), Safety.ALWAYS, List.of());
                Served theirs = Served.okq(bench.folder(THEIRS), binary.get());
                OkqClient our = connect(ours);
                OkqClient their = connect(theirs)) {
            Map<String, OkqClient> clients = new LinkedHashMap<>();
            clients.put(OURS, our);
            clients.put(THEIRS, their);
            int events = bench.options().jobs(EVENTS) / CONNECTIONS * CONNECTIONS;
            report(bench, clients, "events/s pushed, 16 connections", 2, client -> push(client, events));
            report(
                    bench,
                    clients,
                    "events/s popped and acknowledged, 16 consumers",
                    4,
                    client -> consume(client, events));
        }
    }

    private static OkqClient connect(Served server) {
        return OkqClient.connect("127.0.0.1:" + ((InetSocketAddress) server.address()).getPort());
    }

    /** What is measured on one client. */
    private interface Work {
        double on(OkqClient client) throws Exception;
    }

    private static void report(Bench bench, Map<String, OkqClient> clients, String what, double promised, Work work)
            throws Exception {
        Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
        clients.forEach((name, client) -> turns.put(name, () -> work.on(client)));
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        bench.report()
                .line(Line.of(what, rounds.of(OURS).rate())
                        .beside(THEIRS, rounds.of(THEIRS).rate())
                        .ratio(rounds.ratio(OURS, THEIRS))
                        .atLeast(rounds.ratio(OURS, THEIRS).median(), promised, " ×"));
    }

    private static PushEvent event(OkqName queue) {
        return PushEvent.to(queue, new byte[64]);
    }

    private static double push(OkqClient client, int events) throws Exception {
        OkqName queue = OkqName.of("push-" + UUID.randomUUID());
        double rate = together(events, thread -> () -> {
            for (int i = 0; i < events / CONNECTIONS; i++) {
                client.push(event(queue));
            }
        });
        client.flush(queue);
        return rate;
    }

    private static double consume(OkqClient client, int events) throws Exception {
        OkqName queue = OkqName.of("consume-" + UUID.randomUUID());
        client.pushAll(IntStream.range(0, events).mapToObj(i -> event(queue)).toList());
        AtomicInteger done = new AtomicInteger();
        return together(events, thread -> () -> {
            try (OkqSubscription subscription = client.subscribe(List.of(queue))) {
                while (done.get() < events) {
                    List<OkqEvent> popped = subscription.pop(16, LEASE);
                    client.ackAll(popped);
                    if (done.addAndGet(popped.size()) < events && popped.isEmpty()) {
                        subscription.await(Duration.ofMillis(10));
                    }
                }
            }
        });
    }

    /** What a thread does. */
    private interface Task {
        void run() throws Exception;
    }

    /** Events a second, with a thread for each connection. */
    private static double together(int events, IntFunction<Task> tasks) throws Exception {
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, CONNECTIONS)
                    .mapToObj(tasks)
                    .<Future<?>>map(task -> threads.submit(() -> {
                        task.run();
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        return events * 1e9 / (System.nanoTime() - begin);
    }
}
