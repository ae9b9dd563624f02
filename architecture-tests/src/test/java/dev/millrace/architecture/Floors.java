// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/*
 * Who may know whom:
 *
 *   5  cli   examples   benchmarks
 *   4  server (on resp)
 *   3  testkit
 *   3  okq.consumer (on worker and okq.broker)   redisstreams.consumer (on worker and redisstreams.groups)
 *   3  amqp.dispatcher (on worker and amqp.broker)
 *   2  producer   worker        embedded   disque.broker   okq.broker   redisstreams.broker   amqp.broker   sql.broker   vitess.broker (on sql.broker)   jackson (on job)
 *   1  broker                 hosting (on broker)
 *   0  job                    resp (alone)     resp.client (on Jedis)     disque, okq, redisstreams.link (on resp.client)
 *   0  amqp, amqp.link        checker (alone)
 *   0  sql (on sql.database)     vitess (on sql, sql.database and gRPC)
 *
 * The root is an argument, so that the same rules are held against the small house in the package "offending", where
 * each of them is broken once.
 */
final class Floors {
    private static final String DUMB =
            "the broker is dumb, the runtime is clever: who retries and measures stands above";
    private static final String[] JDK = {"java..", "org.jspecify.annotations"};

    private final String root;
    private final Map<String, ArchRule> rules = new LinkedHashMap<>();

    Floors(String root) {
        this.root = root;
        knowsOnly("jobsKnowNothing", "job", "a job says what is to be done, whoever carries it");
        rules.put(
                "respStandsAlone",
                classes()
                        .that()
                        .resideInAPackage(inside("resp"))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.jspecify.annotations", inside("resp"))
                        .because("it is a way to write bytes, and knows neither jobs nor who speaks it"));
        rules.put(
                "respClientKnowsNoCommand",
                classes()
                        .that()
                        .resideInAPackage(inside("resp.client"))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "javax.net.ssl..",
                                "org.jspecify.annotations",
                                "redis.clients.jedis..",
                                inside("resp.client"))
                        .because("connections are the same for every protocol; what is said, a client says"));
        knowsOnly("brokersAreToldInJobs", "broker", "the boundary speaks of jobs and nothing above it", "job");
        knowsOnly("hostsAreToldInJobs", "hosting", "what a server asks speaks of no protocol", "job", "broker");
        knowsOnly("producersSeeBrokers", "producer", "enqueueing and working are separate programs", "job", "broker");
        knowsOnly("workersSeeBrokers", "worker", "enqueueing and working are separate programs", "job", "broker");
        knowsOnly("brokersDoNotKnowWorkersOrProducers", "embedded..", DUMB, "job", "broker", "hosting", "embedded..");
        rules.put(
                "codecsSeeOnlyJobs",
                classes()
                        .that()
                        .resideInAPackage(inside("jackson.."))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.jspecify.annotations",
                                "tools.jackson..",
                                "com.fasterxml.jackson..",
                                root,
                                inside("job"),
                                inside("jackson.."))
                        .because("a codec turns values into payloads; how these travel is not its business"));
        never(
                "checkerKnowsNoJobs",
                "checker",
                "whoever judges brokers stands on none of what is judged",
                "job",
                "broker",
                "producer",
                "worker",
                "testkit..");
        clientAlone("disqueClientKnowsNoBroker", "disque");
        clientAlone("okqClientKnowsNoBroker", "okq");
        rules.put(
                "messageQueueKnowsNoBroker",
                classes()
                        .that()
                        .resideInAnyPackage(inside("sql"), inside("sql.database"))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "javax.sql..",
                                "org.jspecify.annotations",
                                root,
                                inside("sql"),
                                inside("sql.database"))
                        .because("who has a database can have queues in it without the rest of the house"));
        rules.put(
                "vitessQueueKnowsNoBroker",
                classes()
                        .that()
                        .resideInAPackage(inside("vitess"))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "javax.sql..",
                                "io.grpc..",
                                "org.jspecify.annotations",
                                root,
                                inside("sql"),
                                inside("sql.database"),
                                inside("vitess"))
                        .because("who has message tables in Vitess can take from them without the rest of the house"));
        never(
                "vitessBrokerDoesNotKnowWorkersOrProducers",
                "vitess..",
                DUMB,
                "producer",
                "worker",
                "embedded..",
                "disque..",
                "okq..",
                "jackson..",
                "testkit..");
        never(
                "sqlBrokerDoesNotKnowWorkersOrProducers",
                "sql..",
                DUMB,
                "producer",
                "worker",
                "embedded..",
                "disque..",
                "okq..",
                "jackson..",
                "testkit..");
        clientAlone(
                "redisPublisherKnowsNoBroker",
                "redisstreams",
                "redisstreams.link",
                "redisstreams.events",
                "redisstreams.publisher");
        never(
                "disqueBrokerDoesNotKnowWorkersOrProducers",
                "disque..",
                DUMB,
                "producer",
                "worker",
                "embedded..",
                "okq..",
                "jackson..",
                "testkit..");
        never(
                "okqBrokerDoesNotKnowWorkersOrProducers",
                "okq.broker",
                DUMB,
                "producer",
                "worker",
                "okq.consumer",
                "embedded..",
                "disque..",
                "jackson..",
                "testkit..");
        never(
                "redisBrokerDoesNotKnowWorkersOrProducers",
                "redisstreams.broker",
                DUMB,
                "producer",
                "worker",
                "redisstreams.publisher",
                "redisstreams.groups",
                "redisstreams.consumer",
                "embedded..",
                "disque..",
                "okq..",
                "jackson..",
                "testkit..");
        never(
                "redisGroupsDoNotKnowWorkersOrProducers",
                "redisstreams.groups",
                DUMB,
                "producer",
                "worker",
                "redisstreams.publisher",
                "redisstreams.broker",
                "redisstreams.consumer",
                "embedded..",
                "disque..",
                "okq..",
                "jackson..",
                "testkit..");
        never(
                "redisConsumersKnowNoOtherWayIn",
                "redisstreams.consumer",
                "who reads streams of others needs neither the publisher nor the broker of jobs",
                "producer",
                "redisstreams.publisher",
                "redisstreams.broker",
                "embedded..",
                "disque..",
                "okq..",
                "jackson..",
                "testkit..");
        never(
                "amqpLinksKnowNoJobs",
                "amqp.link",
                "a connection and a confirm are the same for jobs and for tasks",
                "job",
                "broker",
                "producer",
                "worker",
                "amqp.broker",
                "amqp.dispatcher");
        never(
                "amqpBrokerDoesNotKnowWorkersOrProducers",
                "amqp.broker",
                DUMB,
                "producer",
                "worker",
                "amqp.dispatcher",
                "embedded..",
                "disque..",
                "okq..",
                "jackson..",
                "testkit..");
        never(
                "engineDoesNotSeeTheJournal",
                "embedded.engine",
                "what jobs live through is not how bytes are kept",
                "embedded.journal",
                "embedded.records",
                "embedded");
        never(
                "journalDoesNotSeeTheEngine",
                "embedded.journal",
                "it knows bytes, not jobs",
                "embedded.engine",
                "embedded.records",
                "embedded",
                "job",
                "broker");
        never(
                "recordsKnowNeitherJournalNorStore",
                "embedded.records",
                "a format knows not where its bytes end up",
                "embedded.journal",
                "embedded");
        never(
                "testkitDoesNotSeeAnyBroker",
                "testkit..",
                "the contract is the same for all brokers",
                "embedded..",
                "disque..",
                "okq..",
                "amqp..",
                "sql..",
                "vitess..",
                "jackson..");
        never(
                "serversSeeBrokersAsBrokers",
                "server..",
                "what is served is chosen by its URL",
                "embedded..",
                "disque..",
                "okq..",
                "amqp..",
                "sql..",
                "producer",
                "worker",
                "jackson..");
        never(
                "listeningKnowsNoCommand",
                "server.listening",
                "sockets and turns are the same for every protocol",
                "server.disque",
                "server.okq",
                "server.commands",
                "server");
        never(
                "relaysKnowNoProtocol",
                "server.relay",
                "what a broker cannot host is done for every protocol alike",
                "server.disque",
                "server.okq",
                "server.commands",
                "server.listening",
                "server",
                "resp");
        never(
                "commandsOfDisqueKnowNoOthers",
                "server.disque",
                "they are told what is around them",
                "server.okq",
                "server");
        never(
                "commandsOfOkqKnowNoOthers",
                "server.okq",
                "they are told what is around them",
                "server.disque",
                "server.relay",
                "server");
        never(
                "whatCommandsShareKnowsNoneOfThem",
                "server.commands",
                "a protocol is added beside the others",
                "server.disque",
                "server.okq",
                "server.relay",
                "server");
        never(
                "programsSeeBrokersByTheirUrl",
                "cli..",
                "every broker that is added works at once",
                "embedded..",
                "disque..",
                "okq..",
                "redisstreams..",
                "amqp..",
                "sql..");
        never(
                "examplesSeeBrokersByTheirUrl",
                "examples..",
                "the broker is a URL",
                "embedded..",
                "disque.broker..",
                "okq.broker..",
                "redisstreams.broker..",
                "amqp.broker..");
        rules.put(
                "nothingStandsOnPrograms",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(inside("cli.."), inside("examples.."), inside("benchmarks.."))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(inside("cli.."), inside("examples.."), inside("benchmarks.."))
                        .because("they are the roof"));
        rules.put(
                "programsDoNotKnowEachOther",
                slices().matching(root + ".(cli|examples|benchmarks)..")
                        .should()
                        .notDependOnEachOther()
                        .because("each of them can be thrown away alone"));
        rules.put(
                "engineHasNoInputNoThreadsNoClock",
                noClasses()
                        .that()
                        .resideInAPackage(inside("embedded.engine"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.io",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.net..",
                                "java.time..",
                                "java.util.concurrent..")
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Thread.class, Runnable.class)
                        .because(
                                "a pure state machine, driven by one caller at a time, can be tested to the last state"));
        rules.put(
                "noCycles",
                slices().assignedFrom(new Packages(root))
                        .should()
                        .beFreeOfCycles()
                        .because("two packages that need each other are one package, and should say so"));
    }

    Map<String, ArchRule> rules() {
        return rules;
    }

    private void knowsOnly(String name, String floor, String because, String... known) {
        String[] allowed = Stream.of(
                        Stream.of(JDK),
                        Stream.of(root, inside(floor)),
                        Stream.of(known).map(this::inside))
                .flatMap(names -> names)
                .toArray(String[]::new);
        rules.put(
                name,
                classes()
                        .that()
                        .resideInAPackage(inside(floor))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed)
                        .because(because));
    }

    private void clientAlone(String name, String... client) {
        String[] own = Stream.of(client).map(this::inside).toArray(String[]::new);
        String[] allowed = Stream.concat(
                        Stream.of(own),
                        Stream.of(
                                "java..",
                                "javax.net.ssl..",
                                "org.jspecify.annotations",
                                "redis.clients.jedis..",
                                root,
                                inside("resp.client")))
                .toArray(String[]::new);
        rules.put(
                name,
                classes()
                        .that()
                        .resideInAnyPackage(own)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed)
                        .because("who has such a server can use its client without the rest of the house"));
    }

    private void never(String name, String floor, String because, String... unknown) {
        rules.put(
                name,
                noClasses()
                        .that()
                        .resideInAPackage(inside(floor))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(Stream.of(unknown).map(this::inside).toArray(String[]::new))
                        .because(because));
    }

    private String inside(String name) {
        return root + "." + name;
    }

    /** Every package below a root by itself. */
    private record Packages(String root) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(root) || name.startsWith(root + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages of " + root;
        }
    }
}
