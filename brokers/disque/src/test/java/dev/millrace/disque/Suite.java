// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The integration suite: written once, run against the server that it is given. */
final class Suite {
    private static final List<Class<?>> SINGLE_NODE = List.of(
            JobScenarios.class,
            QueueScenarios.class,
            AsyncScenarios.class,
            FaultScenarios.class,
            BrokerScenarios.class);

    private Suite() {}

    /** What every server must pass. All share a node; each takes a queue of its own. */
    static Stream<DynamicTest> singleNode(ServerUnderTest.Node node) {
        return SINGLE_NODE.stream().flatMap(type -> tests(type, node));
    }

    static Stream<DynamicTest> tests(Class<?> type, Object server) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Scenario.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(
                        type.getSimpleName() + "." + method.getName(), () -> run(method, server)));
    }

    private static void run(Method scenario, Object server) throws Throwable {
        Object scenarios = Stream.of(scenario.getDeclaringClass().getDeclaredConstructors())
                .filter(constructor ->
                        constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0].isInstance(server))
                .findFirst()
                .orElseThrow()
                .newInstance(server);
        try {
            scenario.invoke(scenarios);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            ((AutoCloseable) scenarios).close();
        }
    }
}
