// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who hides most of what he has can change it. Users reach the public types of exported packages; {@code job} and {@code
 * broker} are all there for them and are left out.
 */
class HidingTest {
    /** What part of the top-level types below a package users cannot reach. */
    private static double hidden(JavaClasses code, String below, Set<String> exported) {
        List<JavaClass> types = code.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .filter(type -> (type.getPackageName() + ".").startsWith(below + "."))
                .toList();
        assertThat(types).as("types of " + below).isNotEmpty();
        long reached = types.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> exported.contains(type.getPackageName()))
                .count();
        return 1 - (double) reached / types.size();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.millrace.worker",
                "dev.millrace.embedded",
                "dev.millrace.jackson",
                "dev.millrace.server",
                "dev.millrace.testkit"
            })
    void atLeastHalfOfTheTypesAreHidden(String below) throws Exception {
        assertThat(hidden(Code.house(), below, Sources.ofHouse().exported()))
                .as("hidden part of " + below
                        + " (package-private is the default: what users see stays as it is for ever)")
                .isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void packagesThatShowEverythingAreSeen() {
        String open = Code.OFFENDING + ".job";
        assertThat(hidden(Code.offenders(), open, Set.of(open))).isZero();
        assertThat(hidden(Code.offenders(), open, Set.of())).isEqualTo(1);
    }
}
