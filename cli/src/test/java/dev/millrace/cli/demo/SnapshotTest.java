// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @TempDir
    Path input;

    @TempDir
    Path temporary;

    private Path file(String name, String content) throws IOException {
        Path file = input.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void git(Path folder, String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void allRegularFilesBelowAFolderAreInputWhateverTheirNames() throws IOException {
        file("b.txt", "b");
        file("folder with spaces/\u00e4 \"quoted\"\nline", "a");
        file(".hidden/x", "x");
        Files.createSymbolicLink(input.resolve("link"), input.resolve("b.txt"));
        Files.createSymbolicLink(input.resolve("loop"), input);
        assertThat(InputFiles.below(input)).hasSize(3).isSorted().doesNotContain(input.resolve("link"));
        assertThat(Snapshot.take(InputFiles.below(input), new DemoFolder(temporary)))
                .hasToString("3 files, 3 bytes");
    }

    @Test
    void ofAProjectTheTrackedFilesAreInput() throws Exception {
        file("tracked", "t");
        file("sub/\u00fc", "u");
        file("gone", "g");
        git(input, "init", "-q");
        git(input, "add", ".");
        file("untracked", "u");
        Files.delete(input.resolve("gone"));
        assertThat(InputFiles.ofProject(input))
                .containsExactlyInAnyOrder(input.resolve("tracked"), input.resolve("sub/\u00fc"));
    }

    @Test
    void aProjectWithoutGitIsAllButWhatIsBuilt() throws Exception {
        file("a", "a");
        file("target/b", "b");
        file("core/target/c", "c");
        assertThat(InputFiles.ofProject(input)).containsExactly(input.resolve("a"));
    }

    @Test
    void whatCannotBeReadIsLeftOutAndWhatIsLargeIsCut() throws IOException {
        Path large = file("large", "x".repeat(200_000));
        Snapshot snapshot = Snapshot.take(
                List.of(file("a", "a"), input.resolve("vanished"), large, input), new DemoFolder(temporary));
        assertThat(snapshot)
                .hasToString("2 files, 128.0 KiB, of 1 the first 128.0 KiB (left out: 1 gone by now, 1 not readable)");
        assertThat(snapshot.content(1)).hasSize(128 << 10);
    }

    @Test
    void aFileThatChangesAfterwardsDoesNotMatter() throws IOException {
        Path file = file("a", "before");
        Snapshot snapshot = Snapshot.take(List.of(file), new DemoFolder(temporary));
        Files.writeString(file, "after");
        assertThat(snapshot.content(0)).asString().isEqualTo("before");
    }

    @Test
    void fewFilesAreTakenSeveralTimesOver() throws IOException {
        Snapshot snapshot =
                Snapshot.take(List.of(file("a", "a"), file("b", "b"), file("c", "c")), new DemoFolder(temporary));
        Input few = Input.of(snapshot, 10);
        assertThat(few.jobs()).isEqualTo(12);
        assertThat(few.job(7).file()).isEqualTo(1);
        assertThat(few.content(7)).isEqualTo(few.content(1));
        assertThat(Input.of(snapshot, 2).jobs()).isEqualTo(3);
    }

    @Test
    void madeUpJobsAreAlwaysTheSame() throws IOException {
        assertThat(Input.synthetic(10).content(3)).isEqualTo(Input.synthetic(20).content(3));
        assertThat(Input.synthetic(10).content(4))
                .isNotEqualTo(Input.synthetic(10).content(3));
    }
}
