// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import dev.millrace.job.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way.
 *
 * @param call what is asked
 * @param ids which jobs it is about, where it is about jobs
 * @param taking how far it is, if it is a take
 */
record Step(Call call, List<JobId> ids, @Nullable Taking taking) {
    void fail(RuntimeException why) {
        if (taking == null) {
            call.answer().fail(why);
        } else if (taking.claim()) {
            taking.fail(why);
        }
    }
}
