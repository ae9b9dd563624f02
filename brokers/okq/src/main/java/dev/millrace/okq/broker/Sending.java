// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.okq.BusyException;
import dev.millrace.okq.OkqException;
import dev.millrace.okq.PushResult;
import java.util.ArrayList;
import java.util.List;

/** Hands jobs to the server, all together, and says what became of each. */
final class Sending {
    private final Site site;

    Sending(Site site) {
        this.site = site;
    }

    List<EnqueueResult> send(List<Job> jobs) {
        List<PushResult> answers =
                site.client().pushAll(jobs.stream().map(Terms::event).toList());
        List<EnqueueResult> results = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            results.add(result(jobs.get(i), answers.get(i)));
        }
        return results;
    }

    private static EnqueueResult result(Job job, PushResult answer) {
        JobId id = new JobId(answer.id().text());
        if (answer.isStored()) {
            return new EnqueueResult.Stored(id);
        }
        if (answer.isDuplicate()) {
            return new EnqueueResult.Duplicate(id);
        }
        OkqException error = answer.error().orElseThrow();
        String detail = "queue " + job.queue() + ": " + error.getMessage();
        if (error instanceof BusyException) {
            return new EnqueueResult.Refused(Reason.QUEUE_FULL, detail);
        }
        if (error.helpsLater()) {
            throw BrokerException.passing(detail + "; some of the jobs may be stored", error);
        }
        return new EnqueueResult.Refused(Reason.INVALID, detail);
    }
}
