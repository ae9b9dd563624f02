// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.disque.AddJob;
import dev.millrace.disque.AddResult;
import dev.millrace.disque.DisqueAsyncClient;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.DisqueConnectionException;
import dev.millrace.disque.DisqueConsumer;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.DisqueJobId;
import dev.millrace.disque.DisqueOptions;
import dev.millrace.disque.DisquePool;
import dev.millrace.disque.DuplicateJobException;
import dev.millrace.disque.GetJob;
import dev.millrace.disque.JobExtras;
import dev.millrace.disque.MaxLenException;
import dev.millrace.disque.MillraceWords;
import dev.millrace.disque.NodeAddress;
import dev.millrace.disque.PausedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The client of Disque. */
final class DisqueClients {
    private DisqueClients() {}

    static void quickStart() {
        // tag::quick[]
        try (DisqueClient disque = DisqueClient.connect("localhost:7711")) {
            disque.add("mail", "hello");
            disque.get(Duration.ofSeconds(5), "mail").ifPresent(job -> {
                System.out.println(job.text());
                disque.ack(job.id());
            });
        }
        // end::quick[]
    }

    static void options(DisqueClient disque) {
        // tag::options[]
        disque.add(AddJob.to("mail", "hello")
                .withDelay(Duration.ofMinutes(5))
                .withRetry(Duration.ofSeconds(90))
                .withTimeToLive(Duration.ofHours(2))
                .withReplicas(2));
        disque.add(AddJob.to("metrics", "cpu=7").atMostOnce());
        // end::options[]
    }

    static void many(DisqueClient disque, List<String> bodies) {
        // tag::many[]
        List<AddJob> jobs = bodies.stream().map(body -> AddJob.to("mail", body)).toList();
        for (AddResult result : disque.addAll(jobs)) {
            result.error().ifPresent(error -> System.out.println("one is missing: " + error.getMessage()));
        }
        List<DisqueJob> fetched = disque.get(GetJob.from("urgent", "mail")
                .withCount(100)
                .waiting(Duration.ofSeconds(5))
                .withCounters());
        disque.ack(fetched.stream().map(DisqueJob::id).toList());
        // end::many[]
    }

    static void async(DisqueClient disque) {
        // tag::async[]
        try (DisqueAsyncClient async = disque.async()) {
            CompletableFuture<Integer> done = async.add(AddJob.to("mail", "hello"))
                    .thenCompose(id -> async.get(GetJob.from("mail")))
                    .thenCompose(
                            jobs -> async.ack(jobs.stream().map(DisqueJob::id).toList()));
            done.join();
        }
        // end::async[]
    }

    static void cluster() {
        // tag::cluster[]
        try (DisquePool pool = DisquePool.connect("disque1:7711", "disque2:7711")) {
            pool.add("mail", "hello");
            DisqueConsumer consumer = pool.consumer("urgent", "mail");
            for (DisqueJob job : consumer.take(10, Duration.ofSeconds(5))) {
                pool.working(job);
                System.out.println(job.text());
                pool.ack(job);
            }
        }
        // end::cluster[]
    }

    static DisquePool secured(String password) {
        // tag::secured[]
        return DisquePool.builder(List.of(NodeAddress.parse("disque1:7711")))
                .options(DisqueOptions.defaults().withPassword(password).withTls())
                .refreshEvery(Duration.ofSeconds(30))
                .repeatLostAdds()
                .connect();
        // end::secured[]
    }

    static void words(DisqueClient disque) {
        // tag::words[]
        MillraceWords words = disque.millrace().orElseThrow();
        try {
            DisqueJobId id = words.add(
                    AddJob.to("mail", "hello"),
                    JobExtras.none().withId("order 17").withDeliveries(5).withHeader("lang", "pl"));
            words.awaitEnd(id, Duration.ofSeconds(30)).ifPresent(System.out::println);
        } catch (DuplicateJobException e) {
            System.out.println("it is there already: " + e.existing());
        }
        for (DisqueJob job : words.get(GetJob.from("mail"))) {
            System.out.println(job.text() + " " + job.headers());
            words.nack(Duration.ofMillis(1500), job.id());
        }
        // end::words[]
    }

    static void errors(DisqueClient disque) {
        // tag::errors[]
        try {
            disque.add(AddJob.to("mail", "hello").withMaxLength(1000));
        } catch (MaxLenException | PausedException e) {
            System.out.println("later: " + e.getMessage());
        } catch (DisqueConnectionException e) {
            System.out.println(e.mayHaveBeenExecuted() ? "perhaps stored" : "not stored");
        }
        // end::errors[]
    }
}
