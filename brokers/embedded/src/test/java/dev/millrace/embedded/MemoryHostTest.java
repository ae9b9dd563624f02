// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/** The host of {@code mem:}. */
class MemoryHostTest extends HostContract {
    MemoryHostTest() {
        super(new MemoryHarness());
    }
}
