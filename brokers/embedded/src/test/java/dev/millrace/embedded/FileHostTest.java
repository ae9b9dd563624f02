// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/** The host of {@code file:}. */
class FileHostTest extends HostContract {
    FileHostTest() {
        super(new FileHarness());
    }
}
