// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Batch;
import dev.millrace.resp.client.Connections;
import java.util.List;

/** Adds many jobs over one connection. */
final class BulkAdd {
    private BulkAdd() {}

    /** One result for each job, in their order. */
    static List<AddResult> run(Connections connections, List<AddJob> jobs) {
        return Batch.run(connections, jobs.stream().map(Commands::add).toList()).stream()
                .map(BulkAdd::result)
                .toList();
    }

    private static AddResult result(Batch.Reply<DisqueJobId> reply) {
        DisqueJobId id = reply.value();
        if (id != null) {
            return AddResult.added(id);
        }
        if (reply.error() instanceof DisqueException error) {
            return AddResult.failed(error);
        }
        throw new IllegalStateException("a reply that is neither an id nor an error of Disque", reply.error());
    }
}
