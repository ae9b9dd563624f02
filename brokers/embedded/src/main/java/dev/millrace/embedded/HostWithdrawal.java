// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.hosting.Call;

/** A call of a host does not wait any more. */
final class HostWithdrawal extends Command {
    private final Waits waits;
    private final Call call;
    private boolean waited;

    HostWithdrawal(Waits waits, Call call) {
        this.waits = waits;
        this.call = call;
    }

    @Override
    void serve(TakeDesk desk) {
        waited = waits.withdraw(call, desk);
    }

    boolean waited() {
        return waited;
    }
}
