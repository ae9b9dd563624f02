// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may know whom where brokers of others are made into ours: the clients on floor 0, the adapters on floor 2. */
final class AdapterFloors extends FloorRules {
    private static final List<String> ADAPTERS =
            List.of("embedded", "disque", "okq", "redisstreams", "amqp", "sql", "vitess");
    /** The broker on Vitess is that on SQL over other connections. */
    private static final Map<String, String> STANDS_ON = Map.of("vitess", "sql");

    AdapterFloors(String root) {
        super(root);
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
        adapter("vitessBrokerDoesNotKnowWorkersOrProducers", "vitess..");
        adapter("sqlBrokerDoesNotKnowWorkersOrProducers", "sql..");
        clientAlone(
                "redisPublisherKnowsNoBroker",
                "redisstreams",
                "redisstreams.link",
                "redisstreams.events",
                "redisstreams.publisher");
        adapter("disqueBrokerDoesNotKnowWorkersOrProducers", "disque..");
        adapter("okqBrokerDoesNotKnowWorkersOrProducers", "okq.broker", "okq.consumer");
        adapter(
                "redisBrokerDoesNotKnowWorkersOrProducers",
                "redisstreams.broker",
                "redisstreams.publisher",
                "redisstreams.groups",
                "redisstreams.consumer");
        adapter(
                "redisGroupsDoNotKnowWorkersOrProducers",
                "redisstreams.groups",
                "redisstreams.publisher",
                "redisstreams.broker",
                "redisstreams.consumer");
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
        adapter("amqpBrokerDoesNotKnowWorkersOrProducers", "amqp.broker", "amqp.dispatcher");
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

    /** What stands on a client, or a database, and makes a broker of it. */
    private void adapter(String name, String floor, String... more) {
        String own = floor.split("\\.", 2)[0];
        Stream<String> others = ADAPTERS.stream()
                .filter(adapter -> !adapter.equals(own))
                .filter(adapter -> !adapter.equals(STANDS_ON.get(own)))
                .map(adapter -> adapter + "..");
        never(
                name,
                floor,
                DUMB,
                Stream.of(Stream.of("producer", "worker", "jackson..", "testkit.."), others, Stream.of(more))
                        .flatMap(names -> names)
                        .toArray(String[]::new));
    }
}
