// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/*
 *   {"uuid":"…","name":"…","args":[{"type":"…","value":…},…]}
 *
 * in this order and without spaces; a task without arguments has "args":null. Text and numbers look as the encoder of Go writes
 * them, so that the same task has the same bytes whoever sends it: <, >, & and the line ends of Unicode are escaped, and a
 * fraction is written with as few digits as tell it from its neighbours.
 */
/** Writes the body of a task. */
final class TaskWriter {
    private static final String HEX = "0123456789abcdef";
    private static final int LEAST_PLAIN_EXPONENT = -6;
    private static final int LEAST_LONG_EXPONENT = 21;

    private final StringBuilder out = new StringBuilder();

    private TaskWriter() {}

    static byte[] body(String uuid, String name, List<TaskArgument> arguments) {
        TaskWriter writer = new TaskWriter();
        writer.out.append("{\"uuid\":");
        writer.text(uuid);
        writer.out.append(",\"name\":");
        writer.text(name);
        writer.out.append(",\"args\":");
        writer.arguments(arguments);
        writer.out.append('}');
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void arguments(List<TaskArgument> arguments) {
        if (arguments.isEmpty()) {
            out.append("null");
            return;
        }
        String before = "[";
        for (TaskArgument argument : arguments) {
            out.append(before)
                    .append("{\"type\":\"")
                    .append(argument.type().wireName())
                    .append("\",\"value\":");
            value(argument.value());
            out.append('}');
            before = ",";
        }
        out.append(']');
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case Float number -> fraction(number, Float.toString(number));
            case Double number -> fraction(number, Double.toString(number));
            default -> out.append(value);
        }
    }

    /** The shortest digits; with an exponent if the number is very small or very large. */
    private void fraction(double number, String shortest) {
        if (number == 0) {
            out.append(1 / number < 0 ? "-0" : "0");
            return;
        }
        BigDecimal digits = new BigDecimal(shortest).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= LEAST_PLAIN_EXPONENT && exponent < LEAST_LONG_EXPONENT) {
            out.append(digits.toPlainString());
            return;
        }
        BigInteger all = digits.unscaledValue().abs();
        String text = all.toString();
        out.append(digits.signum() < 0 ? "-" : "").append(text.charAt(0));
        if (text.length() > 1) {
            out.append('.').append(text, 1, text.length());
        }
        int size = Math.abs(exponent);
        out.append('e')
                .append(exponent < 0 ? '-' : '+')
                .append(exponent > 0 && size < 10 ? "0" : "")
                .append(size);
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
                default -> plain(text, i, c);
            }
        }
        out.append('"');
    }

    private void plain(String text, int at, char c) {
        boolean high =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        boolean low = Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        if (c < ' ') {
            escape(c);
        } else if (Character.isSurrogate(c) && !high && !low) {
            out.append("\\ufffd");
        } else {
            out.append(c);
        }
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }
}
