// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityTableTest {
    private final Map<Promise, List<String>> proofs = Proofs.of(FullToyContractTest.class);

    @TempDir
    Path folder;

    @Test
    void everyPromiseHasATestThatProvesIt() {
        assertThat(proofs).containsOnlyKeys(Promise.values());
        assertThat(proofs.get(Promise.DELAY)).containsExactly("Delays.delayedJobIsNotThereATickBeforeAndIsThereOnTime");
    }

    @Test
    void classWithoutChaptersProvesNothing() {
        assertThat(Proofs.of(CapabilityTableTest.class)).isEmpty();
    }

    @Test
    void columnsOfOtherBrokersStayAsTheyAre() {
        CapabilityPage page = CapabilityPage.parse("")
                .with("full:", Declared.by(new ToyHarness(Set.of(), null)), proofs)
                .with("bare:", Declared.by(new ToyHarness(Set.of(), BareToyContractTest.NOTHING)), proofs);
        assertThat(page.text())
                .contains("| promise | what it means | `full:` | `bare:` | proven by |")
                .contains("| attempts | how exactly attempts are counted | native: exact | none | `Retries.");
        assertThat(CapabilityPage.parse(page.text())
                        .with("bare:", Declared.by(new ToyHarness(Set.of(), BareToyContractTest.NOTHING)), proofs)
                        .text())
                .isEqualTo(page.text());
    }

    @Test
    void pageThatSaysSomethingElseIsRefusedWithWhatToRun() throws IOException {
        Path file = folder.resolve("CAPABILITIES.md");
        CapabilityTable table = new CapabilityTable(file, false);
        assertThatThrownBy(() -> table.check(new FullToyContractTest()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-D" + CapabilityTable.WRITE + "=true");

        new CapabilityTable(file, true).check(new FullToyContractTest());
        table.check(new FullToyContractTest());

        Files.writeString(file, Files.readString(file).replaceFirst("\\| native \\|", "| emulated (slow) |"));
        assertThatThrownBy(() -> table.check(new FullToyContractTest())).isInstanceOf(AssertionError.class);
    }
}
