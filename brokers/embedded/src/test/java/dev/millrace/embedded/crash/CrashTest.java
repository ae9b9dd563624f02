// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.checker.Checker;
import dev.millrace.testkit.checker.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that works on a folder is killed with SIGKILL at random moments, many times; after each the folder is
 * opened and held against what the process had been told. The number of kills is the system property {@code
 * millrace.kills}; a failure names the seed, which {@code millrace.seed} repeats as far as a race can be repeated.
 */
class CrashTest {
    private static final QueueName QUEUE = new QueueName("victim");
    private static final int KILLS = Integer.getInteger("millrace.kills", 5);
    private static final int LONGEST_LIFE_MILLIS = 300;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Checker checker = new Checker();

    @TempDir
    private Path temp;

    static String nameOf(Payload payload) {
        String text = payload.text();
        return text.substring(0, text.indexOf(' '));
    }

    @Test
    void killedProcessTakesNothingAlong() throws Exception {
        long accepted = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Path diary = temp.resolve("diary-" + kill);
            liveAndDie(kill, diary);
            checker.read(diary);
            Verdict verdict = checker.verdict(present());
            assertThat(verdict)
                    .as("seed " + seed + ", kill " + kill + ": " + verdict.counts())
                    .matches(Verdict::isClean, "is clean");
            accepted = verdict.counts().accepted();
        }
        assertThat(accepted).as("jobs that were accepted at all").isGreaterThan(10L * KILLS);
    }

    private void liveAndDie(int kill, Path diary) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        "file:" + folder() + "?segment-bytes=65536",
                        diary.toString(),
                        Integer.toString(kill),
                        Long.toString(random.nextLong()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).as("seed " + seed + ", kill " + kill).isEqualTo("working");
            boolean ended = victim.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            assertThat(ended).as("the victim ended by itself").isFalse();
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    private Path folder() {
        return temp.resolve("jobs");
    }

    /** Every job that the folder holds: ready, and dead. */
    private List<String> present() throws InterruptedException {
        List<String> names = new ArrayList<>();
        try (Broker broker = EmbeddedBroker.builder()
                        .directory(folder())
                        .segmentBytes(1 << 16)
                        .open();
                Receiver receiver = broker.receiver(Subscription.to("victim", 10_000_000, Duration.ofHours(1)))) {
            for (Glimpse dead : ((EmbeddedBroker) broker).dead(QUEUE, 10_000_000)) {
                names.add(nameOf(dead.payload()));
            }
            for (List<Delivery> some = take(receiver); !some.isEmpty(); some = take(receiver)) {
                some.forEach(delivery -> names.add(nameOf(delivery.payload())));
            }
        }
        return names;
    }

    private static List<Delivery> take(Receiver receiver) throws InterruptedException {
        return receiver.receive(10_000, Duration.ZERO);
    }
}
