// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.testkit.servers.GivenServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same tests against a real Vitess, if the environment names one. */
class RealVitessIT {
    private static final class OnReal extends VitessQueueTest {
        @Override
        VitessSite site() {
            return RealVitess.given().orElseThrow();
        }
    }

    @TestFactory
    Stream<DynamicTest> realVitess() {
        return GivenServer.tests(
                RealVitess.given(),
                "the client on a real Vitess",
                RealVitess.HOW,
                real -> Arrays.stream(VitessQueueTest.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method))));
    }

    private static void run(Method test) throws Throwable {
        OnReal instance = new OnReal();
        try {
            instance.createTable();
            test.invoke(instance);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            instance.dropTable();
        }
    }
}
