// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.job.DecodeException;
import dev.millrace.job.JobType;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which tasks a worker does, by name. Not thread-safe while it is filled; a worker takes what is in it when it starts. */
public final class TaskHandlers {
    private final Map<String, Known> known = new LinkedHashMap<>();

    /** What is known of the tasks of one name. */
    record Known(TaskHandler handler, Duration limit) {}

    private TaskHandlers() {}

    /**
     * Handlers of no tasks yet.
     *
     * @return them
     */
    public static TaskHandlers create() {
        return new TaskHandlers();
    }

    /**
     * Does tasks whose arguments the handler looks at itself, within five minutes an attempt.
     *
     * @param name their name
     * @param handler what does them
     * @return these handlers
     */
    public TaskHandlers on(String name, TaskHandler handler) {
        return on(name, JobType.DEFAULT_TIME_LIMIT, handler);
    }

    /**
     * Does tasks whose arguments the handler looks at itself.
     *
     * @param name their name
     * @param limit how long an attempt may take; more than zero
     * @param handler what does them
     * @return these handlers
     */
    public TaskHandlers on(String name, Duration limit, TaskHandler handler) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a handler has no name of a task; give one");
        }
        if (known.putIfAbsent(name, new Known(handler, limit)) != null) {
            throw new IllegalArgumentException("task " + name + " has two handlers; give one");
        }
        return this;
    }

    /**
     * Does tasks with arguments of these types, exactly; others of that name go to the dead letters.
     *
     * @param name their name
     * @param types the types of the arguments, in order
     * @param handler what does them
     * @return these handlers
     */
    public TaskHandlers on(String name, List<ArgumentType> types, TaskHandler handler) {
        List<ArgumentType> declared = List.copyOf(types);
        return on(name, task -> {
            List<ArgumentType> sent =
                    task.arguments().stream().map(TaskArgument::type).toList();
            if (!sent.equals(declared)) {
                throw new DecodeException(
                        "task " + name + " was sent with arguments " + wire(sent) + "; it takes " + wire(declared),
                        null);
            }
            handler.handle(task);
        });
    }

    private static List<String> wire(List<ArgumentType> types) {
        return types.stream().map(ArgumentType::wireName).toList();
    }

    /**
     * Does tasks by the public methods of an object that have {@link TaskMethod}. Parameters are of the types in Java that
     * {@link ArgumentType} names, or wider ones; primitive ones will do.
     *
     * @param object whose methods
     * @return these handlers
     * @throws IllegalArgumentException if it has no such method
     */
    public TaskHandlers methodsOf(Object object) {
        int before = known.size();
        for (Method method : object.getClass().getMethods()) {
            TaskMethod task = method.getAnnotation(TaskMethod.class);
            if (task != null && !Modifier.isStatic(method.getModifiers())) {
                Duration limit = task.timeLimitSeconds() == 0
                        ? JobType.DEFAULT_TIME_LIMIT
                        : Duration.ofSeconds(task.timeLimitSeconds());
                on(task.value(), limit, call -> invoke(object, method, task.uuidFirst(), call));
            }
        }
        if (known.size() == before) {
            throw new IllegalArgumentException(
                    object.getClass().getName() + " has no public method with @TaskMethod; add one");
        }
        return this;
    }

    private static void invoke(Object object, Method method, boolean uuidFirst, TaskCall task) throws Exception {
        Class<?>[] types = method.getParameterTypes();
        Object[] values = new Object[types.length];
        int first = uuidFirst ? 1 : 0;
        if (types.length != task.arguments().size() + first) {
            throw new DecodeException(
                    "task " + task.name() + " was sent with " + task.arguments().size()
                            + " arguments; its method takes " + (types.length - first),
                    null);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = i < first ? task.uuid() : task.argument(i - first, boxed(types[i]));
        }
        try {
            method.setAccessible(true);
            method.invoke(object, values);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw e;
            }
        }
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    Map<String, Known> known() {
        return Map.copyOf(known);
    }
}
