// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/** A receiver does not wait any more; what it was given before stays given. */
final class Withdrawal extends Command {
    private final TakeCommand take;

    Withdrawal(TakeCommand take) {
        this.take = take;
    }

    @Override
    void serve(TakeDesk desk) {
        desk.withdraw(take);
    }
}
