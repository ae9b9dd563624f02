// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.disque.AddResult;
import dev.millrace.disque.DisqueException;
import dev.millrace.disque.MaxLenException;
import dev.millrace.disque.PausedException;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import java.util.ArrayList;
import java.util.List;

/** Hands jobs to the server, all together, and says what became of each. */
final class Sending {
    private final Site site;

    Sending(Site site) {
        this.site = site;
    }

    List<EnqueueResult> send(List<Job> jobs) {
        List<AddResult> answers =
                site.pool().addAll(jobs.stream().map(site.terms()::job).toList());
        List<EnqueueResult> results = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            results.add(result(jobs.get(i), answers.get(i)));
        }
        return results;
    }

    private static EnqueueResult result(Job job, AddResult answer) {
        if (answer.id().isPresent()) {
            return new EnqueueResult.Stored(new JobId(answer.id().get().toString()));
        }
        DisqueException error = answer.error().orElseThrow();
        String detail = "queue " + job.queue() + ": " + error.getMessage();
        if (error instanceof MaxLenException) {
            return new EnqueueResult.Refused(Reason.QUEUE_FULL, detail);
        }
        if (error instanceof PausedException) {
            return new EnqueueResult.Refused(Reason.PAUSED, detail);
        }
        if (error.helpsElsewhere() || error.helpsLater()) {
            throw BrokerException.passing(detail + "; some of the jobs may be stored", error);
        }
        return new EnqueueResult.Refused(Reason.INVALID, detail);
    }
}
