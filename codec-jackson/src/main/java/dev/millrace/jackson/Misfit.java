// SPDX-License-Identifier: Apache-2.0
package dev.millrace.jackson;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/*
 * Says where JSON and a type do not fit. Jackson's own messages quote the payload, which is not for logs, so these are
 * made from the parts of its exceptions: the path, the line, the type that was expected and the kind of token that was
 * there. What the type's own constructor says is repeated, since its author wrote it to be read; so is what Jackson says
 * of types and limits.
 */
final class Misfit {
    private static final int LONGEST = 200;

    private Misfit() {}

    static String onReading(JavaType type, int size, JacksonException e) {
        return head(type, size) + place(e) + ": " + reason(e);
    }

    static String nothing(JavaType type, int size) {
        return head(type, size) + ": there was null";
    }

    static String onWriting(JavaType type, JacksonException e) {
        String path = path(e);
        return "a " + type.toCanonical() + " cannot be written as JSON" + (path.isEmpty() ? "" : ": at " + path) + ": "
                + cut(e.getOriginalMessage());
    }

    private static String head(JavaType type, int size) {
        return "payload of " + size + " bytes is not a " + type.toCanonical() + " in JSON";
    }

    private static String place(JacksonException e) {
        String path = path(e);
        TokenStreamLocation at = e.getLocation();
        String line = at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return (path.isEmpty() ? "" : ", at " + path) + line;
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return cut(path.toString());
    }

    private static String reason(JacksonException e) {
        return switch (e) {
            case InvalidFormatException misfit ->
                "expected " + name(misfit.getTargetType()) + ", there was " + token(misfit) + " that is none";
            case ValueInstantiationException refused -> "the type refused it: " + cut(innermost(refused));
            case MismatchedInputException misfit ->
                "expected " + name(misfit.getTargetType()) + ", there was " + token(misfit);
            case InputCoercionException range ->
                "expected " + name(range.getTargetType()) + ", there was a number out of its range";
            case UnexpectedEndOfInputException end -> "the text ends too early";
            case StreamReadException broken -> "the text is not JSON";
            default -> cut(e.getOriginalMessage());
        };
    }

    private static String name(@Nullable Class<?> type) {
        return type == null ? "something else" : type.getName();
    }

    private static String token(MismatchedInputException e) {
        JsonToken token = e.getCurrentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_OBJECT, PROPERTY_NAME -> "an object";
            case END_OBJECT -> "nothing";
            case START_ARRAY, END_ARRAY -> "an array";
            default -> token.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
