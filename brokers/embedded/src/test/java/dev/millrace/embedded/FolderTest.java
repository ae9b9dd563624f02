// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static dev.millrace.embedded.Jobs.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Settlement;
import dev.millrace.job.QueueName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder belongs to one process, and says what is wrong with it. */
@Tag("slow")
class FolderTest {
    @TempDir
    private Path temp;

    private Path folder() {
        return temp.resolve("jobs");
    }

    private String url() {
        return "file:" + folder();
    }

    private static Process start(List<String> prefix, String url) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                url));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void folderOfAnotherProcessIsRefusedWithItsOwnerAndIsFreeOnceThatIsKilled() throws Exception {
        Process owner = start(List.of(), url());
        try {
            assertThat(output(owner).readLine()).isEqualTo("open");
            assertThatThrownBy(() -> Brokers.open(url()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(folder().toString())
                    .hasMessageContaining(Long.toString(owner.pid()));
        } finally {
            owner.destroyForcibly().waitFor();
        }
        try (Broker broker = Brokers.open(url())) {
            assertThat(texts(take(receiver(broker)))).containsExactly("held");
        }
    }

    @Test
    void folderThatIsOpenInThisProcessIsRefusedToo() {
        try (Broker broker = Brokers.open(url())) {
            assertThatThrownBy(() -> Brokers.open(url()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            stored(broker, job("undisturbed"));
        }
    }

    /* The superuser may write everywhere, so then somebody else is asked to try. */
    @Test
    void folderWithoutPermissionIsRefusedByName() throws Exception {
        Path closed = Files.createDirectory(
                temp.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean superuser = Files.isWritable(closed);
        List<String> asNobody = superuser ? List.of("setpriv", "--reuid=65534", "--clear-groups") : List.of();
        Process process = start(asNobody, "file:" + closed.resolve("jobs"));
        String output = String.join("\n", output(process).lines().toList());
        assertThat(process.waitFor()).isNotZero();
        assertThat(output).contains("BrokerException").contains(closed.toString());
    }

    @Test
    void damagedMiddleIsRefusedAndCanBeLeftOutOnPurpose() throws IOException {
        try (Broker broker = Brokers.open(url())) {
            for (int i = 0; i < 10; i++) {
                stored(broker, job("job number " + i));
            }
        }
        Path segment = Damage.in(folder(), "job number 4");
        assertThatThrownBy(() -> Brokers.open(url()))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(segment.toString())
                .hasMessageContaining("salvage");
        try (Broker broker = Brokers.open(url() + "?salvage=true")) {
            assertThat(texts(take(receiver(broker))))
                    .hasSize(9)
                    .contains("job number 3", "job number 5")
                    .doesNotContain("job number 4");
        }
        try (Broker broker = Brokers.open(url())) {
            assertThat(take(receiver(broker))).hasSize(9);
        }
    }

    @Test
    void bodyDamagedWhileTheBrokerRunsGoesToTheDeadLettersAlone() throws IOException {
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().directory(folder()).open()) {
            for (int i = 0; i < 3; i++) {
                stored(broker, job("job number " + i));
            }
        }
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().directory(folder()).open()) {
            Damage.in(folder(), "job number 1");
            assertThat(texts(take(receiver(broker)))).containsExactly("job number 0", "job number 2");
            assertThat(broker.dead(new QueueName("q"), 10)).singleElement().satisfies(glimpse -> {
                assertThat(glimpse.payload().size()).isZero();
                assertThat(glimpse.headers().get(Settlement.REASON_HEADER)).contains("damaged");
            });
        }
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Files.createDirectory(folder());
        List<Path> others =
                List.of(folder().resolve("notes.tmp"), folder().resolve("spare"), folder().resolve("a.txt"));
        for (Path other : others) {
            Files.writeString(other, "mine");
        }
        try (Broker broker = Brokers.open(url())) {
            stored(broker, job("x"));
        }
        assertThat(others).allSatisfy(other -> assertThat(other).hasContent("mine"));
    }
}
