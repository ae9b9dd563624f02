// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityTableTest {
    private static final ContractServers TOY = ContractServers.always("a toy");

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
                .with("full:", Declared.by(new ToyHarness(Set.of(), null)), proofs, TOY)
                .with("bare:", Declared.by(new ToyHarness(Set.of(), BareToyContractTest.NOTHING)), proofs, TOY);
        assertThat(page.text())
                .contains("| promise | what it means | `full:` | `bare:` | proven by |")
                .contains("| attempts | how exactly attempts are counted | native: exact | none | `Retries.");
        assertThat(CapabilityPage.parse(page.text())
                        .with("bare:", Declared.by(new ToyHarness(Set.of(), BareToyContractTest.NOTHING)), proofs, TOY)
                        .text())
                .isEqualTo(page.text());
    }

    @Test
    void pageThatSaysSomethingElseIsRefusedWithWhatToRun() throws IOException {
        Path file = folder.resolve("CAPABILITIES.md");
        CapabilityTable table = new CapabilityTable(file, false);
        assertThatThrownBy(() -> table.check(new FullToyContractTest(), TOY))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-D" + CapabilityTable.WRITE + "=true");

        new CapabilityTable(file, true).check(new FullToyContractTest(), TOY);
        table.check(new FullToyContractTest(), TOY);

        Files.writeString(file, Files.readString(file).replaceFirst("\\| native \\|", "| emulated (slow) |"));
        assertThatThrownBy(() -> table.check(new FullToyContractTest(), TOY)).isInstanceOf(AssertionError.class);
    }

    @Test
    void dayOfARunThatNotEveryBuildHasStaysUntilTheNext() throws IOException {
        Path file = folder.resolve("CAPABILITIES.md");
        CapabilityTable writing = new CapabilityTable(file, true);
        ContractServers both = TOY.andElsewhere("Shop");
        writing.check(new FullToyContractTest(), both);
        assertThat(file).content().contains("| never, Shop |").contains("| a toy |");

        new CapabilityTable(file, false).ran(new FullToyContractTest(), "Shop 2", LocalDate.of(2026, 11, 27));
        assertThat(file).content().contains("| never, Shop |");
        writing.ran(new FullToyContractTest(), "Shop 2", LocalDate.of(2026, 11, 27));
        assertThat(file).content().contains("| 2026-11-27, Shop 2 |");
        new CapabilityTable(file, false).check(new FullToyContractTest(), both);
        writing.check(new FullToyContractTest(), both);
        assertThat(file).content().contains("| 2026-11-27, Shop 2 |");

        Files.writeString(file, Files.readString(file).replace("2026-11-27, Shop 2", "yesterday"));
        assertThatThrownBy(() -> new CapabilityTable(file, false).check(new FullToyContractTest(), both))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void brokerThatDeclaresSomethingElseOnAnotherServerIsRefused() throws IOException {
        Path file = folder.resolve("CAPABILITIES.md");
        CapabilityTable table = new CapabilityTable(file, true);
        table.check(new FullToyContractTest(), TOY.andElsewhere("Shop"));
        Files.writeString(file, Files.readString(file).replaceFirst("\\| native \\|", "| none |"));
        assertThatThrownBy(() -> table.ran(new FullToyContractTest(), "Shop 2", LocalDate.of(2026, 11, 27)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Shop 2");
    }
}
