// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

/** How a broker goes away and comes back. */
enum Restart {
    /** In good order. */
    ORDERLY,
    /** As by {@code kill -9}. */
    CRASH
}
