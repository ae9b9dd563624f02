// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.checker.Checker;
import dev.millrace.checker.Verdict;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The name in a body; one that nobody sent if the body is not as it was sent. */
    static String nameOf(Payload payload) {
        String[] parts = payload.text().split(" ", -1);
        boolean whole = parts.length == 3 && parts[1].equals("x".repeat(parts[1].length()));
        return whole && parts[2].equals("" + parts[1].length()) ? parts[0] : "damaged";
    }

    @Test
    void killedProcessTakesNothingAlong() throws Exception {
        kill(KILLS, "always");
    }

    /** Only a power failure can take what the operating system has. */
    @ParameterizedTest
    @ValueSource(strings = {"everysec", "never"})
    void killedProcessTakesNothingAlongInLooserModes(String sync) throws Exception {
        kill(Math.max(2, KILLS / 10), sync);
    }

    private void kill(int kills, String sync) throws Exception {
        long enough = 10L * kills + 1;
        long accepted = 0;
        for (int kill = 1; kill <= kills; kill++) {
            Path diary = temp.resolve("diary-" + kill);
            // Short lives alone may have got nowhere: the last one ends when enough was accepted in all.
            liveAndDie(kill, diary, sync, kill < kills ? 0 : enough - accepted);
            checker.read(diary);
            Verdict verdict = checker.verdict(present());
            assertThat(verdict)
                    .as("seed " + seed + ", kill " + kill + ": " + verdict.counts())
                    .matches(Verdict::isClean, "is clean");
            accepted = verdict.counts().accepted();
        }
        assertThat(accepted).as("jobs that were accepted at all").isGreaterThanOrEqualTo(enough);
    }

    private void liveAndDie(int kill, Path diary, String sync, long accepted) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        "file:" + folder() + "?segment-bytes=65536&sync=" + sync,
                        diary.toString(),
                        Integer.toString(kill),
                        Long.toString(random.nextLong()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).as("seed " + seed + ", kill " + kill).isEqualTo("working");
            victim.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            WaitFor.until("enough was accepted", () -> !victim.isAlive() || accepted(diary) >= accepted);
            assertThat(victim.isAlive()).as("the victim lives").isTrue();
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    /** How many jobs a victim has written down as accepted by now. */
    private static long accepted(Path diary) {
        try (Stream<String> lines = Files.lines(diary)) {
            return lines.filter(line -> line.startsWith("+"))
                    .mapToLong(line -> line.split(" ", -1).length)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        return temp.resolve("jobs");
    }

    /** Every job that the folder holds: ready, waiting a little, and dead. */
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
            while (isThereMore((EmbeddedBroker) broker)) {
                receiver.receive(10_000, Duration.ofSeconds(1))
                        .forEach(delivery -> names.add(nameOf(delivery.payload())));
            }
        }
        return names;
    }

    private static boolean isThereMore(EmbeddedBroker broker) {
        return broker.queues().stream()
                .anyMatch(status -> status.ready().orElse(0) + status.waiting().orElse(0) > 0);
    }
}
