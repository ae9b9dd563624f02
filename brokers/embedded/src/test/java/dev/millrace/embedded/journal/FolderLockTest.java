// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder has one owner, and the next one learns who that is. */
class FolderLockTest {
    @TempDir
    Path folder;

    /** Another process that takes the folder, says so, and keeps it until it is stopped. */
    static final class Owner {
        public static void main(String[] args) throws IOException {
            try (DiskStorage storage = DiskStorage.open(Path.of(args[0]))) {
                say("owns " + storage);
                System.in.read();
            } catch (JournalException refused) {
                say(String.valueOf(refused.getMessage()));
            }
        }

        private static void say(String line) {
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8).println(line);
        }
    }

    private Process otherProcess() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(output.readLine());
    }

    @Test
    void aSecondOpeningInTheSameProcessIsRefusedAndTakesNothingFromTheFirst() throws Exception {
        try (DiskStorage first = DiskStorage.open(folder)) {
            assertThat(first).hasToString(folder.toRealPath().toString());
            assertThatThrownBy(() -> DiskStorage.open(folder.resolve("../" + folder.getFileName())))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("already open in this process")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
            Process other = otherProcess();
            assertThat(firstLine(other)).contains("owned by another process");
            other.waitFor();
        }
    }

    @Test
    void aFolderThatWasGivenUpCanBeTakenAgain() {
        DiskStorage first = DiskStorage.open(folder);
        first.close();
        try (DiskStorage second = DiskStorage.open(folder)) {
            first.close();
            assertThatThrownBy(() -> DiskStorage.open(folder)).isInstanceOf(JournalException.class);
            assertThat(second).isNotNull();
        }
    }

    @Test
    void theFolderOfAnotherProcessIsRefusedWithItsNameUntilThatIsKilled() throws Exception {
        Process owner = otherProcess();
        try {
            assertThat(firstLine(owner)).contains("owns");
            assertThatThrownBy(() -> DiskStorage.open(folder))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("owned by another process")
                    .hasMessageContaining("pid " + owner.pid())
                    .hasMessageContaining("since ")
                    .hasMessageContaining("command " + Owner.class.getName())
                    .hasMessageContaining("stop that process");
        } finally {
            owner.destroyForcibly().waitFor();
        }
        DiskStorage.open(folder).close();
    }
}
