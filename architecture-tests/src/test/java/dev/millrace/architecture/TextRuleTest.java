// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class TextRuleTest {
    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";

    @TempDir
    Path house;

    @TestFactory
    Stream<DynamicTest> theFilesKeepTheRules() throws IOException {
        Sources sources = Sources.ofHouse();
        return TextRule.ALL.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.name(),
                        () -> assertThat(rule.broken(sources))
                                .as(rule.because())
                                .isEmpty()));
    }

    @Test
    void theFilesWereFoundAtAll() throws IOException {
        assertThat(Sources.ofHouse().files())
                .extracting(Sources.Source::path)
                .contains(".ci/run", "verify", "pom.xml", "core/src/main/java/module-info.java")
                .anyMatch(path -> path.endsWith("embedded/engine/Engine.java"));
        assertThat(Sources.ofHouse().exported()).contains("dev.millrace.job", "dev.millrace.embedded");
    }

    private List<String> broken(String rule, String path, String text) throws IOException {
        Path file = house.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return TextRule.ALL.stream()
                .filter(one -> one.name().equals(rule))
                .flatMap(one -> {
                    try {
                        return one.broken(Sources.below(house)).stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    @Test
    void filesWithoutALicenceAreFound() throws IOException {
        String rule = "everyFileNamesItsLicence";
        assertThat(broken(rule, "a/package-info.java", "package a;\n" + LICENCE))
                .hasSize(1);
        assertThat(broken(rule, "b/pom.xml", "<?xml version=\"1.0\"?>\n<project/>\n"))
                .hasSize(2);
        assertThat(broken(rule, "c/run.sh", "#!/bin/sh\nexit 0\n")).hasSize(3);
        assertThat(broken(rule, "c/run.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"))
                .hasSize(2);
        assertThat(broken(rule, "target/Made.java", "class Made {}\n")).hasSize(2);
    }

    @Test
    void longFilesAreFound() throws IOException {
        assertThat(broken("filesFitInTheHead", "Fits.java", "//\n".repeat(500))).isEmpty();
        assertThat(broken("filesFitInTheHead", "Long.java", "//\n".repeat(501)))
                .containsExactly("Long.java has 501 lines, and the build stops at 500");
    }

    @Test
    void longFilesWithoutAReasonAreFound() throws IOException {
        String rule = "longFilesSayWhyTheyAreOne";
        assertThat(broken(rule, "Fits.java", "//\n".repeat(300))).isEmpty();
        assertThat(broken(rule, "Long.java", "//\n".repeat(301)))
                .containsExactly(
                        "Long.java has 301 lines, and no comment that says \"Over 300 lines: \" and why it is one file");
        assertThat(broken(rule, "Long.java", "/* Over 300 lines: one table. */\n" + "//\n".repeat(300)))
                .isEmpty();
    }

    @Test
    void notesForLaterAreFound() throws IOException {
        assertThat(broken("nothingIsLeftForLater", "A.java", "class A {} // TO" + "DO: more\n"))
                .hasSize(1);
    }

    @Test
    void skippedTestsAreFound() throws IOException {
        assertThat(broken("noTestIsSkipped", "src/test/A.java", "@Dis" + "abled\nassum" + "eTrue(false);\n"))
                .hasSize(2);
    }

    @Test
    void sleepingTestsAreFound() throws IOException {
        assertThat(broken("noTestSleeps", "src/test/A.java", "Thread.sl" + "eep(1);\nSECONDS.sl" + "eep(1);\n"))
                .hasSize(2);
    }

    @Test
    void modulesWithoutNullMarksOrDescriptionsAreFound() throws IOException {
        String module = "module a { exports a.b; }\n";
        assertThat(broken("modulesAreNullMarked", "src/main/java/module-info.java", module))
                .hasSize(1);
        assertThat(broken("exportedPackagesSayWhatTheyAreFor", "src/main/java/module-info.java", module))
                .singleElement()
                .satisfies(words -> assertThat(words).startsWith("src/main/java/a/b/package-info.java is missing"));
        assertThat(broken("exportedPackagesSayWhatTheyAreFor", "src/main/java/a/b/package-info.java", LICENCE))
                .isEmpty();
    }
}
