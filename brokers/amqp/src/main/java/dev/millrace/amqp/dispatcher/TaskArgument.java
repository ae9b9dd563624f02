// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.job.DecodeException;
import java.math.BigInteger;

/**
 * One argument of a task. Immutable and thread-safe.
 *
 * @param type what it is
 * @param value of the type in Java that {@link ArgumentType} names
 */
public record TaskArgument(ArgumentType type, Object value) {
    /**
     * Makes the value exactly of its type.
     *
     * @throws IllegalArgumentException if it is out of range, has a fraction, or is of another kind
     */
    public TaskArgument {
        try {
            value = type.exact(value);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("an argument cannot be sent: " + e.getMessage(), e);
        }
    }

    /**
     * A {@code string}.
     *
     * @param value the text
     * @return the argument
     */
    public static TaskArgument of(String value) {
        return new TaskArgument(ArgumentType.STRING, value);
    }

    /**
     * An {@code int}.
     *
     * @param value the number
     * @return the argument
     */
    public static TaskArgument of(long value) {
        return new TaskArgument(ArgumentType.INT, value);
    }

    /**
     * A {@code bool}.
     *
     * @param value true or false
     * @return the argument
     */
    public static TaskArgument of(boolean value) {
        return new TaskArgument(ArgumentType.BOOL, value);
    }

    /**
     * A {@code float64}.
     *
     * @param value a finite number
     * @return the argument
     */
    public static TaskArgument of(double value) {
        return new TaskArgument(ArgumentType.FLOAT64, value);
    }

    /**
     * A {@code uint64}.
     *
     * @param value the number
     * @return the argument
     */
    public static TaskArgument of(BigInteger value) {
        return new TaskArgument(ArgumentType.UINT64, value);
    }
}
