// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.Set;

/** Classes, and packages with all below them, that a rule does not hold for. */
record Exceptions(Set<String> names) {
    static Exceptions of(String... names) {
        return new Exceptions(Set.of(names));
    }

    Exceptions without(String name) {
        Set<String> others = new HashSet<>(names);
        others.remove(name);
        return new Exceptions(others);
    }

    DescribedPredicate<JavaClass> others() {
        return DescribedPredicate.describe(
                "are no exception",
                type -> names.stream()
                        .noneMatch(name -> type.getName().equals(name)
                                || type.getName().startsWith(name + "$")
                                || (name.endsWith("..")
                                        && type.getName().startsWith(name.substring(0, name.length() - 1)))));
    }
}
