// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Finds the tests of a contract that prove promises: those of its chapters, as the test framework finds them. */
final class Proofs {
    private Proofs() {}

    static Map<Promise, List<String>> of(Class<?> contract) {
        Map<Promise, List<String>> proofs = new EnumMap<>(Promise.class);
        for (Class<?> type = contract; type != null; type = type.getSuperclass()) {
            for (Class<?> chapter : type.getDeclaredClasses()) {
                if (chapter.isAnnotationPresent(Nested.class)) {
                    collect(chapter, proofs);
                }
            }
        }
        proofs.values().forEach(names -> names.sort(Comparator.naturalOrder()));
        return proofs;
    }

    private static void collect(Class<?> chapter, Map<Promise, List<String>> proofs) {
        for (Class<?> type = chapter; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                Proves proves = method.getAnnotation(Proves.class);
                if (proves != null) {
                    proofs.computeIfAbsent(proves.value(), promise -> new ArrayList<>())
                            .add(chapter.getSimpleName() + "." + method.getName());
                }
            }
        }
    }
}
