// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Publication;
import dev.millrace.amqp.link.Publication.Outcome;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.EnqueueResult.Refused;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hands jobs to the server. */
final class Sending {
    private final Site site;

    Sending(Site site) {
        this.site = site;
    }

    List<EnqueueResult> send(List<Job> jobs) {
        @Nullable EnqueueResult[] answers = new EnqueueResult[jobs.size()];
        List<Integer> indexes = new ArrayList<>();
        List<Publication> publications = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Job job = jobs.get(i);
            if (isStillborn(job)) {
                answers[i] = new Refused(
                        Reason.INVALID,
                        "the job expires after " + job.expiry().orElseThrow() + ", before its delay of " + job.delay()
                                + " is over");
                continue;
            }
            JobId id = new JobId(UUID.randomUUID().toString());
            Publication publication = publication(job, id);
            if (publication.isTooLarge()) {
                answers[i] = new Refused(
                        Reason.TOO_LARGE,
                        "the headers of the job are too large; all together may have " + Publication.MOST_HEADER_BYTES
                                + " bytes");
                continue;
            }
            answers[i] = new Stored(id);
            indexes.add(i);
            publications.add(publication);
        }
        List<Outcome> outcomes = site.outcomes(publications);
        for (int i = 0; i < outcomes.size(); i++) {
            String queue = publications.get(i).routingKey();
            switch (outcomes.get(i)) {
                case CONFIRMED -> {}
                case REFUSED ->
                    answers[indexes.get(i)] = new Refused(
                            Reason.QUEUE_FULL, "queue " + queue + " takes no more; it was declared with a limit");
                case UNROUTABLE ->
                    throw AmqpException.passing(
                            "there is no queue " + queue + "; some of the jobs may be stored", null);
            }
        }
        List<EnqueueResult> results = new ArrayList<>(answers.length);
        for (EnqueueResult answer : answers) {
            results.add(Objects.requireNonNull(answer));
        }
        return results;
    }

    private static boolean isStillborn(Job job) {
        return job.expiry().filter(expiry -> expiry.compareTo(job.delay()) <= 0).isPresent();
    }

    private Publication publication(Job job, JobId id) {
        String queue = job.queue().value();
        site.ensure(queue);
        BasicProperties properties =
                Marks.first(job, id, site.kind().priorities(), site.clock().instant());
        byte[] body = job.payload().bytes();
        return job.delay().isZero()
                ? new Publication("", queue, properties, body)
                : site.waiting(queue, job.delay(), properties, body);
    }
}
