// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/*
 * The root is an argument, so that the same rules are held against the small house in the package "offending", where
 * each of them is broken once.
 */
/** Rules about who may know whom, by their names. */
abstract class FloorRules {
    static final String DUMB = "the broker is dumb, the runtime is clever: who retries and measures stands above";

    private static final String[] JDK = {"java..", "org.jspecify.annotations"};

    final String root;
    final Map<String, ArchRule> rules = new LinkedHashMap<>();

    FloorRules(String root) {
        this.root = root;
    }

    final Map<String, ArchRule> rules() {
        return rules;
    }

    final void knowsOnly(String name, String floor, String because, String... known) {
        String[] allowed = Stream.of(
                        Stream.of(JDK),
                        Stream.of(root, inside(floor)),
                        Stream.of(known).map(this::inside))
                .flatMap(names -> names)
                .toArray(String[]::new);
        rules.put(
                name,
                classes()
                        .that()
                        .resideInAPackage(inside(floor))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(allowed)
                        .because(because));
    }

    final void never(String name, String floor, String because, String... unknown) {
        rules.put(
                name,
                noClasses()
                        .that()
                        .resideInAPackage(inside(floor))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(Stream.of(unknown).map(this::inside).toArray(String[]::new))
                        .because(because));
    }

    final String inside(String name) {
        return root + "." + name;
    }
}
