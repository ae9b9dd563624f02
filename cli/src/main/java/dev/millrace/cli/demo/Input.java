// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.job.Payload;
import java.io.IOException;
import java.util.SplittableRandom;

/** What the jobs of a demonstration are about. */
interface Input {
    /** How many jobs there are. */
    int jobs();

    /** The job of a number. */
    DemoJob job(int number);

    /** What a job is to digest, for the one who checks. */
    byte[] content(int number) throws IOException;

    /** How many contents there are; content {@code n} is that of all jobs whose number has the remainder {@code n}. */
    int distinct();

    /** A job for each file of a snapshot, several times over if there are few files. */
    static Input of(Snapshot snapshot, int atLeast) {
        int rounds = Math.max(1, Math.ceilDiv(atLeast, snapshot.files()));
        int jobs = Math.multiplyExact(rounds, snapshot.files());
        return new Input() {
            @Override
            public int jobs() {
                return jobs;
            }

            @Override
            public DemoJob job(int number) {
                return new DemoJob(number, Fate.of(number, jobs), number % snapshot.files(), Payload.empty());
            }

            @Override
            public byte[] content(int number) throws IOException {
                return snapshot.content(number % snapshot.files());
            }

            @Override
            public int distinct() {
                return snapshot.files();
            }
        };
    }

    /** Jobs that carry made-up text of half a KiB to four KiB, the same for the same number. */
    static Input synthetic(int jobs) {
        return new Input() {
            @Override
            public int jobs() {
                return jobs;
            }

            @Override
            public DemoJob job(int number) {
                return new DemoJob(number, Fate.of(number, jobs), DemoJob.NO_FILE, Payload.wrap(content(number)));
            }

            @Override
            public byte[] content(int number) {
                SplittableRandom random = new SplittableRandom(number);
                byte[] text = new byte[random.nextInt(512, 4097)];
                for (int i = 0; i < text.length; i++) {
                    int letter = random.nextInt(32);
                    text[i] = (byte) (letter < 26 ? 'a' + letter : letter < 31 ? ' ' : '\n');
                }
                return text;
            }

            @Override
            public int distinct() {
                return jobs;
            }
        };
    }
}
