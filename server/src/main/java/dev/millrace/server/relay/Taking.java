// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import java.util.List;
import java.util.function.Consumer;

/** Somebody who takes jobs. Thread-safe. */
final class Taking extends Claimable<Call.Take> {
    Taking(Call.Take call, Consumer<Call> over) {
        super(call, over);
    }

    /** Answers what the caller has claimed. */
    void give(List<HostedJob> jobs) {
        call().answer().give(jobs);
    }
}
