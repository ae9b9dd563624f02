// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

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
 */
final class Floors extends FloorRules {
    Floors(String root) {
        super(root);
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
        never(
                "checkerKnowsNoJobs",
                "checker",
                "whoever judges brokers stands on none of what is judged",
                "job",
                "broker",
                "producer",
                "worker",
                "testkit..");
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
                "noCycles",
                slices().assignedFrom(new Packages(root))
                        .should()
                        .beFreeOfCycles()
                        .because("two packages that need each other are one package, and should say so"));
        rules.putAll(new EmbeddedFloors(root).rules());
        rules.putAll(new AdapterFloors(root).rules());
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
