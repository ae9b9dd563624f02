// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.job.DecodeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an argument of a task can be, and its type in Java. Integers keep their value exactly; one that is out of range, or of
 * another kind, is an error.
 */
public enum ArgumentType {
    /** {@code bool}: {@link Boolean}. */
    BOOL("bool"),
    /** {@code string}: {@link String}. */
    STRING("string"),
    /** {@code int}, 64 bits: {@link Long}. */
    INT("int", 64, true),
    /** {@code int8}: {@link Byte}. */
    INT8("int8", 8, true),
    /** {@code int16}: {@link Short}. */
    INT16("int16", 16, true),
    /** {@code int32}: {@link Integer}. */
    INT32("int32", 32, true),
    /** {@code int64}: {@link Long}. */
    INT64("int64", 64, true),
    /** {@code uint}, 64 bits without sign: {@link BigInteger}. */
    UINT("uint", 64, false),
    /** {@code uint8}: {@link Short}, 0 to 255. */
    UINT8("uint8", 8, false),
    /** {@code uint16}: {@link Integer}, 0 to 65,535. */
    UINT16("uint16", 16, false),
    /** {@code uint32}: {@link Long}, 0 to 4,294,967,295. */
    UINT32("uint32", 32, false),
    /** {@code uint64}: {@link BigInteger}, 0 to 18,446,744,073,709,551,615. */
    UINT64("uint64", 64, false),
    /** {@code float32}: {@link Float}. */
    FLOAT32("float32"),
    /** {@code float64}: {@link Double}. */
    FLOAT64("float64");

    /** More digits than any number of these types has; what is written with more is out of range or no integer. */
    private static final int MOST_SCALE = 400;

    private final String wireName;
    private final int bits;
    private final BigInteger lowest;
    private final BigInteger highest;

    ArgumentType(String wireName) {
        this(wireName, 0, false);
    }

    ArgumentType(String wireName, int bits, boolean signed) {
        this.wireName = wireName;
        this.bits = bits;
        this.lowest = signed ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
        this.highest = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
    }

    /**
     * What it is called in a message.
     *
     * @return the name, such as {@code uint8}
     */
    public String wireName() {
        return wireName;
    }

    static Optional<ArgumentType> named(@Nullable String name) {
        return Stream.of(values()).filter(type -> type.wireName.equals(name)).findFirst();
    }

    boolean isInteger() {
        return bits > 0;
    }

    /** The value as this type: from JSON, where numbers are decimals, or from Java. */
    Object exact(@Nullable Object value) {
        return switch (this) {
            case BOOL -> value instanceof Boolean ? value : refuse(value, "true or false");
            case STRING -> value instanceof String ? value : refuse(value, "a string");
            case FLOAT32, FLOAT64 -> floating(value);
            default -> sized(integer(value));
        };
    }

    private BigInteger integer(@Nullable Object value) {
        BigDecimal number = number(value, "an integer");
        boolean huge = Math.abs((long) number.scale()) > MOST_SCALE && number.signum() != 0;
        if (huge && number.scale() < 0) {
            throw outOfRange(value);
        }
        try {
            if (huge) {
                throw new ArithmeticException("too small for an integer");
            }
            BigInteger whole = number.toBigIntegerExact();
            if (whole.compareTo(lowest) < 0 || whole.compareTo(highest) > 0) {
                throw outOfRange(value);
            }
            return whole;
        } catch (ArithmeticException e) {
            throw new DecodeException(value + " is not " + wireName + ": it has a fraction; nothing is rounded", e);
        }
    }

    private DecodeException outOfRange(@Nullable Object value) {
        return new DecodeException(
                value + " is out of range of " + wireName + ", which is " + lowest + " to " + highest, null);
    }

    private Object sized(BigInteger whole) {
        return switch (this) {
            case INT8 -> whole.byteValueExact();
            case INT16, UINT8 -> whole.shortValueExact();
            case INT32, UINT16 -> whole.intValueExact();
            case INT, INT64, UINT32 -> whole.longValueExact();
            default -> whole;
        };
    }

    private Object floating(@Nullable Object value) {
        if (value instanceof Double given && this == FLOAT64 && Double.isFinite(given)) {
            return given;
        }
        if (value instanceof Float given && this == FLOAT32 && Float.isFinite(given)) {
            return given;
        }
        if (value instanceof MinusZero) {
            return this == FLOAT32 ? (Object) (-0.0f) : (Object) (-0.0);
        }
        BigDecimal number = number(value, "a number");
        double wide = number.doubleValue();
        float narrow = number.floatValue();
        if (this == FLOAT32 ? Float.isInfinite(narrow) : Double.isInfinite(wide)) {
            throw new DecodeException(value + " is out of range of " + wireName, null);
        }
        return this == FLOAT32 ? (Object) narrow : (Object) wide;
    }

    private BigDecimal number(@Nullable Object value, String what) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case BigInteger whole -> new BigDecimal(whole);
            case MinusZero zero -> BigDecimal.ZERO;
            case Byte whole -> BigDecimal.valueOf(whole);
            case Short whole -> BigDecimal.valueOf(whole);
            case Integer whole -> BigDecimal.valueOf(whole);
            case Long whole -> BigDecimal.valueOf(whole);
            case null, default -> throw wrong(value, what);
        };
    }

    private Object refuse(@Nullable Object value, String right) {
        throw wrong(value, right);
    }

    private DecodeException wrong(@Nullable Object value, String right) {
        String shown = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
        String kind = value == null ? "" : " of " + value.getClass().getSimpleName();
        return new DecodeException(
                shown + (value instanceof Number ? kind : "") + " is not " + wireName + "; it must be " + right, null);
    }

    /** Minus zero, which a decimal cannot be. */
    enum MinusZero {
        /** The only one. */
        VALUE;

        @Override
        public String toString() {
            return "-0";
        }
    }
}
