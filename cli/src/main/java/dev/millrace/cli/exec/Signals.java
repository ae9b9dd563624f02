// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Hears Ctrl-C and SIGTERM, each time they come: a shutdown hook hears only the first. The JDK offers that in a class of
 * the module {@code jdk.unsupported}, reached by reflection so that a JDK without it still runs the rest; then a signal
 * ends the process as it always would.
 */
public final class Signals implements AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final List<Runnable> restore = new ArrayList<>();

    private Signals() {}

    /**
     * Listens until closed.
     *
     * @param listener told the number of the signal, on a thread of its own
     * @return what to close to hear no more
     */
    public static Signals listen(IntConsumer listener) {
        Signals signals = new Signals();
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = type.getMethod("handle", type, handlerType);
            Method number = type.getMethod("getNumber");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                        case "toString" -> "signal handler of millrace";
                        default -> {
                            listener.accept((int) number.invoke(arguments[0]));
                            yield null;
                        }
                    });
            for (String name : NAMES) {
                Object signal = type.getConstructor(String.class).newInstance(name);
                Object before = handle.invoke(null, signal, handler);
                signals.restore.add(() -> put(handle, signal, before));
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            System.getLogger(Signals.class.getName())
                    .log(System.Logger.Level.DEBUG, "signals cannot be heard here; Ctrl-C stops at once", e);
        }
        return signals;
    }

    private static void put(Method handle, Object signal, Object handler) {
        try {
            handle.invoke(null, signal, handler);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a signal handler cannot be put back", e);
        }
    }

    @Override
    public void close() {
        restore.forEach(Runnable::run);
        restore.clear();
    }
}
