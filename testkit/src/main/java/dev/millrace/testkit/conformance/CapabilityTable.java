// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Holds a broker's column of CAPABILITIES.md to what the broker declares and its contract proves. A broker's module has
 * a test for each broker that calls {@link #check}; one that runs with the system property {@value #WRITE} set to {@code
 * true} writes the column instead, and leaves those of other brokers as they are. Not thread-safe.
 */
public final class CapabilityTable {
    /** The system property that has the page written. */
    public static final String WRITE = "millrace.capabilities.write";

    private final Path page;
    private final boolean write;

    CapabilityTable(Path page, boolean write) {
        this.page = page;
        this.write = write;
    }

    /**
     * The table of a page.
     *
     * @param page the file; it need not be there yet if it is to be written
     * @return the table
     */
    public static CapabilityTable in(Path page) {
        return new CapabilityTable(page, Boolean.getBoolean(WRITE));
    }

    /**
     * Compares a broker's column, and the names of the tests that prove it, with what is there; or writes it.
     *
     * @param contract the broker's contract, as its tests run it
     * @throws IOException if the page cannot be read or written
     * @throws AssertionError if the page says something else, or if a promise has no test
     */
    public void check(BrokerContract contract) throws IOException {
        Map<Promise, List<String>> proofs = Proofs.of(contract.getClass());
        assertThat(proofs).as("tests that prove what a broker declares").containsOnlyKeys(Promise.values());
        CapabilityPage written = CapabilityPage.parse(Files.exists(page) ? Files.readString(page) : "");
        CapabilityPage wanted;
        try (BrokerHarness harness = contract.harness()) {
            wanted = written.with(harness.name(), Declared.by(harness), proofs);
        }
        if (write) {
            Files.writeString(page, wanted.text());
        } else {
            assertThat(Files.exists(page) ? Files.readString(page) : "")
                    .as(
                            "%s differs from what is declared and proven; run this test again with -D%s=true to write it",
                            page.getFileName(), WRITE)
                    .isEqualTo(wanted.text());
        }
    }
}
