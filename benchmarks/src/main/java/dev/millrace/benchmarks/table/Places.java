// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.served.Binaries;
import dev.millrace.benchmarks.served.Rivals;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.benchmarks.table.Entry.Size;
import dev.millrace.testkit.servers.RabbitServer;
import dev.millrace.testkit.servers.RedisServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/*
 * All keep what they accepted over a kill and a power failure, where they can: files synced before the answer, Redis with
 * appendfsync always, RabbitMQ with confirms of durable queues, databases with a sync for each commit. What does not, says so.
 */
/** Where jobs can be, and what works on them there. */
final class Places {
    private static final String SYNCED = "synced";
    private static final String MEMORY = "in memory";
    private static final String REDIS_MEMORY = "in Redis' memory";
    private static final String CONFIRMED = "confirmed by a durable queue";

    private static final Size QUICK = new Size(20_000, 100_000, 64, 500);
    private static final Size STEADY = new Size(5_000, 50_000, 64, 500);
    private static final Size SLOW = new Size(2_000, 10_000, 64, 200);
    /** For those that poll every five seconds. */
    private static final Size POLLING = new Size(1_000, 3_000, 64, 10);

    private final Bench bench;

    Places(Bench bench) {
        this.bench = bench;
    }

    List<Callable<Place>> all() {
        List<Callable<Place>> all = new ArrayList<>(List.of(this::embedded, this::millrace));
        Rivals.disque().ifPresent(binary -> all.add(() -> disque(binary)));
        Binaries.named("OKQ_SERVER").ifPresent(binary -> all.add(() -> okq(binary)));
        all.addAll(List.of(
                this::redis, this::rabbit, () -> database(ServedSql.mariadb()), () -> database(ServedSql.postgres())));
        return all;
    }

    private Place embedded() throws IOException {
        Folder folder = bench.folder("embedded");
        String file = "file:" + folder.path();
        return new Place(
                "the program itself",
                folder,
                List.of(
                        Entry.millrace("mem:", "`mem:`", MEMORY, QUICK),
                        Entry.millrace(file + "/synced", "`file:`", SYNCED, QUICK),
                        Entry.millrace(
                                file + "/everysec?sync=everysec",
                                "`file:?sync=everysec`",
                                "synced each second",
                                QUICK)));
    }

    private Place millrace() throws IOException {
        Served server = Served.millrace(bench.folder("millrace"), Safety.ALWAYS, List.of());
        return new Place(
                "Millrace's server",
                server,
                List.of(
                        Entry.millrace("disque://" + address(server), "`disque:`", SYNCED, STEADY),
                        Entry.millrace("okq://" + address(server), "`okq:`", SYNCED, STEADY)));
    }

    private Place disque(Path binary) throws IOException {
        Served server = Served.disque(bench.folder("disque"), Safety.ALWAYS, binary);
        return new Place(
                "Disque", server, List.of(Entry.millrace("disque://" + address(server), "`disque:`", SYNCED, STEADY)));
    }

    private Place okq(Path binary) throws IOException {
        Served server = Served.okq(bench.folder("okq"), binary);
        String address = address(server);
        List<Entry> entries =
                new ArrayList<>(List.of(Entry.millrace("okq://" + address, "`okq:`", REDIS_MEMORY, STEADY)));
        GoOriginals.okq(REDIS_MEMORY, words(address)).ifPresent(entries::add);
        return new Place("okq", server, entries);
    }

    private static String address(Served server) {
        InetSocketAddress address = (InetSocketAddress) server.address();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Host and port, as a program is told them. */
    private static List<String> words(String address) {
        return List.of(address.split(":", 2));
    }

    private Place redis() throws IOException, InterruptedException {
        Optional<List<String>> bullmq = BullMq.command(bench);
        RedisServer server = RedisServer.start();
        List<String> where = words(server.address());
        List<Entry> entries = new ArrayList<>(List.of(
                Entry.millrace("redis://" + server.address(), "`redis:`", SYNCED, STEADY.with(256)),
                new Entry(
                        "Spring Data Redis, stream",
                        SYNCED,
                        () -> Contestant.peer("SpringStreams", where),
                        STEADY.with(16)),
                new Entry(
                        "Redisson, queue",
                        "synced, lost by a worker that dies",
                        () -> Contestant.peer("RedissonQueue", where),
                        STEADY.with(256)),
                new Entry("Redisson, stream", SYNCED, () -> Contestant.peer("RedissonStream", where), STEADY.with(1))));
        GoOriginals.streams(SYNCED, where).ifPresent(entries::add);
        bullmq.ifPresent(command ->
                entries.add(new Entry("BullMQ (Node)", SYNCED, () -> Contestant.program(command, where), SLOW)));
        return new Place("Redis", server, entries);
    }

    private Place rabbit() {
        RabbitServer server = RabbitServer.start();
        String url = "amqp://guest:guest@" + server.address();
        List<String> where = List.of("127.0.0.1", "" + server.port());
        List<Entry> entries = new ArrayList<>(List.of(
                Entry.millrace(url, "`amqp:`", "confirmed by a quorum queue", STEADY),
                Entry.millrace(url + "?queues=classic", "`amqp:?queues=classic`", CONFIRMED, STEADY),
                new Entry("Spring AMQP", CONFIRMED, () -> Contestant.peer("SpringAmqp", where), STEADY.with(50))));
        GoOriginals.dispatcher(CONFIRMED, where).ifPresent(entries::add);
        return new Place("RabbitMQ", server, entries);
    }

    private Place database(ServedSql server) {
        List<String> where = List.of(server.url());
        return new Place(
                server.isPostgres() ? "PostgreSQL" : "MariaDB",
                server,
                List.of(
                        Entry.millrace(server.url(), "`jdbc:`", SYNCED, STEADY),
                        new Entry("db-scheduler", SYNCED, () -> Contestant.peer("DbSchedulerTasks", where), SLOW),
                        new Entry("JobRunr", SYNCED, () -> Contestant.peer("JobRunrJobs", where), POLLING),
                        new Entry(
                                "Quartz",
                                SYNCED,
                                () -> Contestant.peer("QuartzJobs", where),
                                new Size(1_000, 2_000, 64, 100))));
    }
}
