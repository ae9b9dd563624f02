// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/** The host of {@code file:} and its consumers. */
class FileHostConsumersTest extends HostConsumersContract {
    FileHostConsumersTest() {
        super(new FileHarness());
    }
}
