// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConductTest {
    @TestFactory
    Stream<DynamicTest> theHouseBehaves() {
        return Conduct.ALL.stream()
                .map(conduct -> DynamicTest.dynamicTest(
                        conduct.name(),
                        () -> conduct.rule().apply(conduct.exceptions()).check(Code.house())));
    }

    @TestFactory
    Stream<DynamicTest> everyExceptionIsStillNeeded() {
        return Conduct.ALL.stream()
                .flatMap(conduct -> conduct.exceptions().names().stream()
                        .map(name -> DynamicTest.dynamicTest(
                                conduct.name() + " without " + name,
                                () -> assertThat(conduct.rule()
                                                .apply(conduct.exceptions().without(name))
                                                .evaluate(Code.house())
                                                .hasViolation())
                                        .as("%s needs no exception from %s", name, conduct.name())
                                        .isTrue())));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleBites() {
        return Conduct.ALL.stream()
                .map(conduct -> DynamicTest.dynamicTest(
                        conduct.name(), () -> assertThat(caught(conduct)).isNotEmpty()));
    }

    private static List<String> caught(Conduct conduct) {
        return Code.caught(conduct.rule().apply(Exceptions.of()));
    }

    private static List<String> caught(String name) {
        return Conduct.ALL.stream()
                .filter(conduct -> conduct.name().equals(name))
                .flatMap(conduct -> caught(conduct).stream())
                .toList();
    }

    @Test
    void clocksAreSeenInEveryDisguise() {
        assertThat(caught("nobodyReadsTheClock"))
                .hasSize(4)
                .anyMatch(line -> line.contains("currentTimeMillis"))
                .anyMatch(line -> line.contains("nanoTime"))
                .anyMatch(line -> line.contains("LocalDate.now"))
                .anyMatch(line -> line.contains("java.util.Date"));
    }

    @Test
    void recordsAndHiddenParametersAreNotCounted() {
        assertThat(caught("fiveParametersAreEnough"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("Habits.many("));
    }
}
