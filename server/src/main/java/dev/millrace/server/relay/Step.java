// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import dev.millrace.job.JobId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way.
 *
 * @param call what is asked
 * @param ids which jobs it is about, where it is about jobs
 * @param claimable how far it is, if it may have to wait
 */
record Step(Call call, List<JobId> ids, @Nullable Claimable<?> claimable) {
    void fail(RuntimeException why) {
        if (claimable == null) {
            call.answer().fail(why);
        } else if (claimable.claim()) {
            claimable.fail(why);
        }
    }

    /** Of those that may have to wait, how far they are. */
    static <W extends Claimable<?>> List<W> waits(List<Step> steps, Class<W> kind) {
        return steps.stream()
                .map(Step::claimable)
                .flatMap(Stream::ofNullable)
                .map(kind::cast)
                .toList();
    }
}
