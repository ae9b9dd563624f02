// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.testkit.checker.JobDiary;
import dev.millrace.worker.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program that works until its input ends or it is killed: broker URL, queue, diary. */
final class WorkingProgram {
    private WorkingProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (JobDiary diary = new JobDiary(Path.of(arguments[2]));
                Broker broker = Brokers.open(arguments[0]);
                Worker worker = Worker.on(broker)
                        .queue(arguments[1], 8)
                        .lease(Duration.ofSeconds(2))
                        .handle(arguments[1], (payload, job) -> {
                            diary.handled(List.of(payload.text()));
                            diary.settling(List.of(payload.text()));
                        })
                        .start()) {
            System.out.println("working " + worker.name());
            while (System.in.read() >= 0) {
                // Until somebody closes it.
            }
        }
    }
}
