// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.job.Codec;
import dev.millrace.job.Payload;
import java.util.ArrayList;
import java.util.List;

/** Turns messages into tasks with exact arguments. */
enum TaskCodec implements Codec<TaskCodec.Reading> {
    /** The only one. */
    READING;

    /** A task that was read. */
    record Reading(String uuid, String name, List<TaskArgument> arguments) {}

    @Override
    public Payload encode(Reading task) {
        return Payload.wrap(TaskWriter.body(task.uuid(), task.name(), task.arguments()));
    }

    @Override
    public Reading decode(Payload payload) {
        TaskReader.Written written = TaskReader.read(payload);
        List<TaskArgument> arguments = new ArrayList<>();
        for (TaskReader.Argument argument : written.arguments()) {
            arguments.add(argument.exact(arguments.size() + 1));
        }
        return new Reading(written.uuid(), written.name(), arguments);
    }
}
