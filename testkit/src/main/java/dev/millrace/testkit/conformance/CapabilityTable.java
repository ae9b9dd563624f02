// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
     * The table of the project whose tests run.
     *
     * @return {@code CAPABILITIES.md} in the folder that the system property {@code millrace.root} names, else in the one above a
     *     broker's module
     */
    public static CapabilityTable ofProject() {
        return in(Path.of(System.getProperty("millrace.root", "../..")).resolve("CAPABILITIES.md"));
    }

    /**
     * Compares a broker's column, and the names of the tests that prove it, with what is there; or writes it.
     *
     * @param contract the broker's contract, as its tests run it
     * @param servers what it runs against
     * @throws IOException if the page cannot be read or written
     * @throws AssertionError if the page says something else, or if a promise has no test
     */
    public void check(BrokerContract contract, ContractServers servers) throws IOException {
        Map<Promise, List<String>> proofs = Proofs.of(contract.getClass());
        assertThat(proofs).as("tests that prove what a broker declares").containsOnlyKeys(Promise.values());
        CapabilityPage wanted;
        try (BrokerHarness harness = contract.harness()) {
            wanted = CapabilityPage.parse(written()).with(harness.name(), Declared.by(harness), proofs, servers);
        }
        if (write) {
            Files.writeString(page, wanted.text());
        } else {
            assertThat(written())
                    .as(
                            "%s differs from what is declared and proven; run this test again with -D%s=true to write it",
                            page.getFileName(), WRITE)
                    .isEqualTo(wanted.text());
        }
    }

    /**
     * Says that a contract has passed on a server that not every build has: the broker must declare there what its column
     * says, and its day is written, if anything is to be written.
     *
     * @param contract the broker's contract, with a harness on that server
     * @param server what it was and its version, beginning as {@link ContractServers#elsewhere} says it
     * @param day when it ran
     * @throws IOException if the page cannot be read or written
     * @throws AssertionError if the broker declares something else on that server
     */
    public void ran(BrokerContract contract, String server, LocalDate day) throws IOException {
        CapabilityPage there = CapabilityPage.parse(written());
        try (BrokerHarness harness = contract.harness()) {
            Map<Promise, String> declared = Declared.by(harness);
            assertThat(there.says(harness.name(), declared))
                    .as("%s says of %s what it declares on %s: %s", page, harness.name(), server, declared)
                    .isTrue();
            if (write) {
                Files.writeString(
                        page,
                        there.ran(harness.name(), server, day, Proofs.of(contract.getClass()))
                                .text());
            }
        }
    }

    private String written() throws IOException {
        return Files.exists(page) ? Files.readString(page) : "";
    }
}
