// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The interfaces of JDBC have hundreds of methods, of which few are needed here. So an object has those, public and with the names and
 * parameters of the interface, and stands behind a face of it that answers everything else with an error that names what was asked for.
 */
/** The face of an object: an interface of JDBC, of which it need not have everything. Immutable. */
final class Facade implements InvocationHandler {
    private final Object behind;
    private final Map<Method, Method> known;

    private Facade(Object behind, Map<Method, Method> known) {
        this.behind = behind;
        this.known = known;
    }

    /** Which methods of an interface a class has. */
    static Map<Method, Method> known(Class<?> face, Class<?> behind) {
        Map<Method, Method> known = new HashMap<>();
        for (Method asked : face.getMethods()) {
            try {
                known.put(asked, behind.getMethod(asked.getName(), asked.getParameterTypes()));
            } catch (NoSuchMethodException unsupported) {
                // It is refused when somebody calls it.
            }
        }
        return Map.copyOf(known);
    }

    /** Puts an object behind a face, of which it has these methods. */
    static <T> T of(Class<T> face, Object behind, Map<Method, Method> known) {
        Object proxy =
                Proxy.newProxyInstance(Facade.class.getClassLoader(), new Class<?>[] {face}, new Facade(behind, known));
        return face.cast(proxy);
    }

    @Override
    public @Nullable Object invoke(Object face, Method asked, Object @Nullable [] values) throws Throwable {
        Method method = known.get(asked);
        if (method == null) {
            return otherwise(face, asked, values);
        }
        try {
            return method.invoke(behind, values);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    @SuppressWarnings("ReferenceEquality") // A face is equal to itself only.
    private Object otherwise(Object face, Method asked, Object @Nullable [] values) throws Exception {
        return switch (asked.getName()) {
            case "equals" -> values != null && face == values[0];
            case "hashCode" -> System.identityHashCode(face);
            case "toString" -> behind.toString();
            case "isWrapperFor" -> values != null && ((Class<?>) values[0]).isInstance(face);
            case "unwrap" -> unwrapped(face, asked, values);
            default -> throw SqlErrors.unsupported(named(asked));
        };
    }

    private static Object unwrapped(Object face, Method asked, Object @Nullable [] values) throws Exception {
        if (values != null && ((Class<?>) values[0]).isInstance(face)) {
            return face;
        }
        throw SqlErrors.unsupported(named(asked));
    }

    private static String named(Method asked) {
        return asked.getDeclaringClass().getSimpleName() + "." + asked.getName();
    }
}
