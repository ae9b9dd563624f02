// SPDX-License-Identifier: Apache-2.0
package dev.millrace.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckerTest {
    private final Checker checker = new Checker();

    @TempDir
    private Path folder;

    private Path diary() {
        Path file = folder.resolve("diary");
        try (JobDiary diary = new JobDiary(file)) {
            diary.sending(List.of("a", "b", "c", "d"));
            diary.accepted(List.of("a", "b", "c"));
            diary.handled(List.of("a", "b"));
            diary.settling(List.of("a", "b"));
            diary.settled(List.of("a"));
        }
        return file;
    }

    private Verdict verdict(String... present) {
        checker.read(diary());
        return checker.verdict(List.of(present));
    }

    @Test
    void whatWasNotToldMayBeEitherWay() {
        assertThat(verdict("c").isClean()).isTrue();
        Verdict both = checker.verdict(List.of("b", "c", "d"));
        assertThat(both.isClean()).isTrue();
        assertThat(both.counts()).isEqualTo(new Verdict.Counts(3, 1, 0, 1));
    }

    @Test
    void acceptedJobThatIsGoneIsLost() {
        Verdict verdict = verdict("b");
        assertThat(verdict.lost()).containsExactly("c");
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void settledJobThatIsThereIsResurrected() {
        assertThat(verdict("a", "c").resurrected()).containsExactly("a");
    }

    @Test
    void jobThatIsThereTwiceIsSaid() {
        assertThat(verdict("c", "c").twice()).containsExactly("c");
    }

    @Test
    void jobThatNobodySentIsUnexpectedWhereverItIsSeen() {
        checker.read(diary());
        try (JobDiary other = new JobDiary(folder.resolve("other"))) {
            other.handled(List.of("y"));
        }
        checker.read(folder.resolve("other"));
        assertThat(checker.verdict(List.of("c", "x")).unexpected()).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void jobThatWasHandledAgainIsCountedAndAllowed() {
        checker.read(diary());
        try (JobDiary other = new JobDiary(folder.resolve("other"))) {
            other.handled(List.of("b"));
        }
        checker.read(folder.resolve("other"));
        Verdict verdict = checker.verdict(List.of("c"));
        assertThat(verdict.counts().duplicated()).isOne();
        assertThat(verdict.isClean()).isTrue();
    }

    @Test
    void halfALineAtTheEndWasNeverSaid() throws IOException {
        Path diary = diary();
        Files.writeString(diary, "+d", StandardOpenOption.APPEND);
        checker.read(diary);
        assertThat(checker.verdict(List.of("c")).lost()).isEmpty();
    }
}
