// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.ack;
import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static dev.millrace.embedded.Jobs.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.LeaseExtending;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.records.StoreState;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that fails at the worst moment: nobody hangs, nobody is told what is not so, nothing that was accepted is lost. */
@Timeout(30)
class StoreFaultsTest {
    private final BrokerException noRoom = BrokerException.passing("no room", null);

    private final FaultyLog log = new FaultyLog();
    private final EmbeddedBroker broker = broker(log);

    private static EmbeddedBroker broker(FaultyLog log) {
        StoreClock clock = StoreClock.of(null, 0);
        Store store = new Store(
                new Engine(clock.millis(), log), log, clock, new StoreState("faulty", 1, clock.millis()), () -> {});
        return new EmbeddedBroker("faulty", store, new Limits(1 << 20, Long.MAX_VALUE));
    }

    private Receiver once() {
        return broker.receiver(new Subscription(List.of(new QueueName("q")), 10, Jobs.LEASE, Guarantee.AT_MOST_ONCE));
    }

    @Test
    void receiverThatFailedWithItsGroupTakesNothingLater() {
        stored(broker, job("first"));
        Receiver receiver = receiver(broker);
        List<Delivery> taken = take(receiver);
        CountDownLatch gate = new CountDownLatch(1);
        log.held = gate;
        CompletableFuture<Void> leader = CompletableFuture.runAsync(() -> stored(broker, job("leader")));
        WaitFor.until("the leader writes", () -> log.entered.getCount() == 0);
        CompletableFuture<Void> settling = CompletableFuture.runAsync(() -> ack(receiver, taken));
        CompletableFuture<List<Delivery>> receiving = CompletableFuture.supplyAsync(() -> receiveFor(once(), 5));
        log.failure = noRoom;
        log.held = null;
        gate.countDown();
        assertThatThrownBy(leader::join).hasCause(noRoom);
        assertThatThrownBy(settling::join).hasCause(noRoom);
        log.failure = null;
        stored(broker, job("second"));
        List<Delivery> all = new ArrayList<>(receivedOrFailed(receiving));
        all.addAll(take(receiver));
        assertThat(texts(all)).contains("second");
    }

    private static List<Delivery> receiveFor(Receiver receiver, int seconds) {
        try {
            return receiver.receive(10, Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Delivery> receivedOrFailed(CompletableFuture<List<Delivery>> receiving) {
        return receiving.exceptionally(failed -> List.of()).join();
    }

    @Test
    void errorWhileTidyingUpHangsNobody() {
        log.errorOfReclaim = new OutOfMemoryError("on purpose");
        stored(broker, job("first"));
        stored(broker, job("second"));
        log.errorOfReclaim = null;
        assertThat(texts(take(receiver(broker)))).containsExactly("first", "second");
        broker.close();
    }

    @Test
    void changeThatCannotBeMadeTrueStopsTheBrokerInsteadOfLeavingItHalfDone() {
        stored(broker, job("first"));
        log.errorOfRetain = new OutOfMemoryError("on purpose");
        assertThatThrownBy(() -> stored(broker, job("second"))).isInstanceOf(BrokerException.class);
        log.errorOfRetain = null;
        assertThatThrownBy(() -> take(receiver(broker)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("open it again");
        broker.close();
    }

    @Test
    void closingWakesAReceiverThatWaitsBehindAnother() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Receiver receiver = receiver(broker);
        log.held = gate;
        CompletableFuture<Void> leader = CompletableFuture.runAsync(() -> stored(broker, job("x").after(Jobs.LEASE)));
        WaitFor.until("the leader writes", () -> log.entered.getCount() == 0);
        CompletableFuture<List<Delivery>> receiving = CompletableFuture.supplyAsync(() -> receiveFor(receiver, 60));
        receiver.close();
        log.held = null;
        gate.countDown();
        leader.join();
        assertThat(receiving.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void leaseThatIsRenewedWhileItIsSettledHoldsNoPlace() throws Exception {
        Receiver receiver = broker.receiver(Subscription.to("q", 1, Jobs.LEASE));
        for (int i = 0; i < 2000; i++) {
            stored(broker, job("job " + i));
            Delivery delivery = receiver.receive(1, Duration.ofSeconds(5)).getFirst();
            CompletableFuture<?> renewing =
                    CompletableFuture.runAsync(() -> ((LeaseExtending) receiver).extend(delivery, Jobs.LEASE));
            ack(receiver, List.of(delivery));
            renewing.join();
        }
    }

    @Test
    void numbersAreNotUsedAgainWhenASalvageLeftTheNameOut(@TempDir Path folder) throws IOException {
        String url = "file:" + folder.resolve("jobs");
        try (Broker before = Brokers.open(url)) {
            for (int i = 0; i < 5; i++) {
                stored(before, job("old " + i));
            }
        }
        damageTheFirstFrame(folder.resolve("jobs"));
        try (Broker salvaged = Brokers.open(url + "?salvage=true")) {
            for (int i = 0; i < 6; i++) {
                stored(salvaged, job("new " + i));
            }
        }
        try (Broker after = Brokers.open(url)) {
            assertThat(texts(take(receiver(after)))).hasSize(11).contains("old 0", "old 4", "new 0", "new 5");
        }
    }

    private static void damageTheFirstFrame(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path first = files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
            try (RandomAccessFile bytes = new RandomAccessFile(first.toFile(), "rw")) {
                bytes.seek(70);
                bytes.write(new byte[] {1, 2, 3});
            }
        }
    }
}
