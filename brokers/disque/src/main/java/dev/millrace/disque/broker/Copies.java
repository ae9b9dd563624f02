// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Parcel;
import dev.millrace.disque.DisqueClient;
import dev.millrace.disque.JobDetails;
import dev.millrace.disque.JobScan;
import dev.millrace.disque.JobState;
import dev.millrace.job.JobId;
import java.util.Optional;
import java.util.stream.Stream;

/*
 * A job that was handed back for later, or put aside, is a copy now and has another id on the server. Whoever knows only
 * its first id has to look through all jobs for it: what an address costs that the server does not know. A server with words
 * for it makes no copies, and is not gone through.
 */
/** Finds jobs by the id that they have here. */
final class Copies {
    private final Site site;

    Copies(Site site) {
        this.site = site;
    }

    /** The job itself, or the copy that it has become. */
    Optional<JobDetails> find(JobId id) {
        return Looking.parse(id)
                .flatMap(known -> site.pool().show(known))
                .or(() -> site.means().makesCopies() ? copy(id) : Optional.empty());
    }

    private Optional<JobDetails> copy(JobId id) {
        for (DisqueClient node : site.pool().clients()) {
            try (Stream<JobDetails> jobs = node.scanJobs(JobScan.all().withStates(JobState.QUEUED, JobState.ACTIVE))) {
                Optional<JobDetails> found = jobs.filter(job -> job.body()
                                .flatMap(body -> Parcel.open(body).firstId())
                                .filter(id::equals)
                                .isPresent())
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
