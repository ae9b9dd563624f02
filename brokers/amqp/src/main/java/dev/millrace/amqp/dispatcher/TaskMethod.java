// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A public method that does the tasks of one name; its parameters are the arguments, in order. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TaskMethod {
    /**
     * The name of the tasks.
     *
     * @return the name
     */
    String value();

    /**
     * How long an attempt may take.
     *
     * @return whole seconds; 0 is five minutes
     */
    int timeLimitSeconds() default 0;

    /**
     * Whether the first parameter is the uuid of the task, as a {@link String}.
     *
     * @return true if it is
     */
    boolean uuidFirst() default false;
}
