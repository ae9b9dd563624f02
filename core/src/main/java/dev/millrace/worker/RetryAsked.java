// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/** Stands for {@link Outcome.Retry} in a {@link Failure}; has no stack, nothing was thrown. */
final class RetryAsked extends Exception {
    private static final long serialVersionUID = 1L;

    RetryAsked(String reason) {
        super(reason, null, false, false);
    }
}
