// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import dev.millrace.architecture.Sources.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be said of a file by reading it.
 *
 * @param name of the rule
 * @param because the reason
 * @param judge the complaints about a file among others
 */
record TextRule(String name, String because, BiFunction<Sources, Source, List<String>> judge) {
    private static final int LONG = 300;
    private static final int LONGEST = 500;
    private static final String REASON = "Over 300 lines: ";
    private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
    /** Apache Maven's own script, under the same licence, with its own words about it. */
    private static final String WRAPPER = "mvnw";

    // The brackets keep this file from finding itself.
    private static final Pattern PROMISES = Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b");
    private static final Pattern SKIPS =
            Pattern.compile("@(Dis|En)[a]bled\\w*|\\bassum[e](True|False|That|ingThat)\\b");
    private static final Pattern SLEEPS = Pattern.compile("\\bThread\\.sl[e]ep\\b|\\b[A-Z]+S\\.sl[e]ep\\(");

    static final List<TextRule> ALL = List.of(
            new TextRule(
                    "everyFileNamesItsLicence",
                    "a file that is copied elsewhere still says what may be done with it",
                    (all, file) -> licence(file)),
            new TextRule(
                    "filesFitInTheHead",
                    "aim for 70 lines, stop at 300; what is longer has two purposes",
                    (all, file) -> complaint(
                            file.isJava() && file.lines().size() > LONGEST,
                            file.path() + " has " + file.lines().size() + " lines, and the build stops at " + LONGEST)),
            new TextRule(
                    "longFilesSayWhyTheyAreOne",
                    "a reader who scrolls may ask for what",
                    (all, file) -> complaint(
                            file.isJava()
                                    && file.lines().size() > LONG
                                    && file.lines().stream().noneMatch(line -> line.contains(REASON)),
                            file.path() + " has " + file.lines().size() + " lines, and no comment that says \"" + REASON
                                    + "\" and why it is one file")),
            new TextRule(
                    "nothingIsLeftForLater",
                    "a note in the code is a task that nobody sees: do it, or open an issue",
                    (all, file) -> found(file, PROMISES)),
            new TextRule(
                    "noTestIsSkipped",
                    "a pass that tested nothing is a lie",
                    (all, file) -> file.isTest() || isContract(file) ? found(file, SKIPS) : List.of()),
            new TextRule(
                    "noTestSleeps",
                    "too short on a busy machine and too long on every other: wait for a condition with a deadline",
                    (all, file) -> file.isTest() || isContract(file) ? found(file, SLEEPS) : List.of()),
            new TextRule(
                    "modulesAreNullMarked",
                    "what may be null says so, and all else is not",
                    (all, file) -> complaint(
                            file.isModule() && file.lines().stream().noneMatch(line -> line.endsWith("NullMarked")),
                            file.path() + " has no @NullMarked")),
            new TextRule(
                    "exportedPackagesSayWhatTheyAreFor",
                    "a package is the first thing that a reader of the documentation meets",
                    TextRule::undescribed));

    private static List<String> licence(Source file) {
        int line = file.isJava() ? 0 : 1;
        boolean asked = file.isJava()
                || file.isPom()
                || (file.isScript() && !file.path().equals(WRAPPER));
        boolean named = file.lines().size() > line && file.lines().get(line).contains(LICENCE);
        return complaint(asked && !named, file.path() + ", line " + (line + 1) + ": no " + LICENCE);
    }

    /** The kit's chapters are tests, though they are published. */
    private static boolean isContract(Source file) {
        return file.path().startsWith("testkit/src/main/");
    }

    private static List<String> found(Source file, Pattern words) {
        return Stream.iterate(0, line -> line < file.lines().size(), line -> line + 1)
                .filter(line -> words.matcher(file.lines().get(line)).find())
                .map(line -> file.path() + ", line " + (line + 1) + ": "
                        + file.lines().get(line).strip())
                .toList();
    }

    private static List<String> undescribed(Sources all, Source file) {
        String folder = file.path().replace("module-info.java", "");
        return Optional.of(file).filter(Source::isModule).stream()
                .flatMap(module -> module.exported().stream())
                .map(name -> folder + name.replace('.', '/') + "/package-info.java")
                .filter(path -> !all.has(path))
                .map(path -> path + " is missing, and " + file.path() + " exports that package")
                .toList();
    }

    private static List<String> complaint(boolean wrong, String words) {
        return wrong ? List.of(words) : List.of();
    }

    List<String> broken(Sources sources) {
        return sources.files().stream()
                .flatMap(file -> judge.apply(sources, file).stream())
                .toList();
    }
}
