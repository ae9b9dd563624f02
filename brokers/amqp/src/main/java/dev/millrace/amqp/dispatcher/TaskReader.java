// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.amqp.dispatcher.ArgumentType.MinusZero;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/*
 * Names of fields are read in any case, unknown ones are passed over, of one that comes twice the last counts, and nothing may
 * follow: all this as Go does. Numbers stay as they are written until their type is known.
 */
/** Reads the body of a task. */
final class TaskReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser in;

    private TaskReader(JsonParser in) {
        this.in = in;
    }

    /** What stands in a body; the types of arguments are not looked at yet. */
    record Written(String uuid, String name, List<Argument> arguments) {}

    /** An argument as it is written. */
    record Argument(@Nullable String type, @Nullable Object value) {
        /** The argument, if it is what it says that it is. */
        TaskArgument exact(int number) {
            ArgumentType known = ArgumentType.named(type)
                    .orElseThrow(() -> new DecodeException(
                            "argument " + number
                                    + (type == null ? " has no type" : " has the unknown type \"" + type + "\""),
                            null));
            try {
                return new TaskArgument(known, known.exact(value));
            } catch (DecodeException e) {
                throw new DecodeException("argument " + number + " (" + type + "): " + e.getMessage(), e);
            }
        }
    }

    static Written read(Payload body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body.bytes())) {
            TaskReader reader = new TaskReader(parser);
            parser.nextToken();
            Written task = reader.task();
            if (parser.nextToken() != null) {
                throw new DecodeException("something follows the task", null);
            }
            return task;
        } catch (JacksonException e) {
            throw new DecodeException("the message is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Written task() {
        expect(JsonToken.START_OBJECT, "the message", "a JSON object");
        String uuid = "";
        String name = "";
        List<Argument> arguments = List.of();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName().toLowerCase(Locale.ROOT);
            JsonToken value = in.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case "uuid" -> uuid = text(field);
                case "name" -> name = text(field);
                case "args" -> arguments = arguments();
                default -> in.skipChildren();
            }
        }
        if (name.isEmpty()) {
            throw new DecodeException("the message names no task", null);
        }
        return new Written(uuid, name, arguments);
    }

    private String text(String field) {
        expect(JsonToken.VALUE_STRING, "field " + field, "a string");
        return in.getString();
    }

    private List<Argument> arguments() {
        expect(JsonToken.START_ARRAY, "field args", "an array");
        List<Argument> arguments = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            arguments.add(argument(arguments.size() + 1));
        }
        return arguments;
    }

    private Argument argument(int number) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return new Argument(null, null);
        }
        expect(JsonToken.START_OBJECT, "argument " + number, "an object");
        String type = null;
        Object value = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName().toLowerCase(Locale.ROOT);
            JsonToken token = in.nextToken();
            if (field.equals("type") && token != JsonToken.VALUE_NULL) {
                type = text("type of argument " + number);
            } else if (field.equals("value")) {
                value = value(token);
            } else {
                in.skipChildren();
            }
        }
        return new Argument(type, value);
    }

    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> in.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            default -> {
                in.skipChildren();
                yield List.of();
            }
        };
    }

    private Object number() {
        var decimal = in.getDecimalValue();
        return decimal.signum() == 0 && in.getString().startsWith("-") ? MinusZero.VALUE : decimal;
    }

    private void expect(JsonToken token, String what, String right) {
        if (in.currentToken() != token) {
            throw new DecodeException(what + " is not " + right, null);
        }
    }
}
