// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Pause;
import dev.millrace.embedded.engine.Engine;

/** Pauses a queue, or lets it go. */
final class PauseCommand extends Command {
    private final String queue;
    private final boolean in;
    private final boolean out;

    PauseCommand(String queue, Pause pause) {
        this.queue = queue;
        this.in = pause == Pause.IN || pause == Pause.BOTH;
        this.out = pause == Pause.OUT || pause == Pause.BOTH;
    }

    @Override
    void prepare(Engine engine, RecordWriter records) {
        Records.paused(records, queue, in, out);
    }

    @Override
    void commit(Engine engine, long start) {
        engine.pause(engine.queue(queue), in, out);
    }
}
