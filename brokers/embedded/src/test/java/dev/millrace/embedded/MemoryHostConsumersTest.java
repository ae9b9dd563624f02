// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/** The host of {@code mem:} and its consumers. */
class MemoryHostConsumersTest extends HostConsumersContract {
    MemoryHostConsumersTest() {
        super(new MemoryHarness());
    }
}
