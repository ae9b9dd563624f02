// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FloorsTest {
    @TestFactory
    Stream<DynamicTest> theHouseStandsOnItsFloors() {
        return new Floors(Code.ROOT)
                .rules().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(Code.house())));
    }

    @TestFactory
    Stream<DynamicTest> everyFloorBites() {
        Map<String, ArchRule> rules = new Floors(Code.OFFENDING).rules();
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(Code.caught(rule.getValue())).isNotEmpty()));
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(Code.house().stream()
                        .map(type -> type.getPackageName().split("\\.", 4))
                        .filter(name -> name.length > 2)
                        .map(name -> name[2])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "job",
                        "broker",
                        "hosting",
                        "producer",
                        "worker",
                        "jackson",
                        "resp",
                        "embedded",
                        "disque",
                        "okq",
                        "sql",
                        "vitess",
                        "redisstreams",
                        "amqp",
                        "server",
                        "checker",
                        "testkit",
                        "cli",
                        "benchmarks",
                        "examples"));
    }
}
