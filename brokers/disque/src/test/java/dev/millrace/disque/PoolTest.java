// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool over two servers that do as they are told. */
class PoolTest {
    private static final String ADDED = "+" + ScriptedServer.ID + "\r\n";
    private static final String FIRST = "dcb833cf" + "0".repeat(32);
    private static final String SECOND = "eeeeeeee" + "0".repeat(32);

    private final AtomicReference<@Nullable String> firstAnswer = new AtomicReference<>(ADDED);
    private final AtomicReference<@Nullable String> secondAnswer = new AtomicReference<>(ADDED);
    private final AtomicInteger hellos = new AtomicInteger();
    private ScriptedServer first;
    private ScriptedServer second;
    private int secondPriority = 5;
    private volatile boolean secondLeft;

    @BeforeEach
    void start() throws IOException {
        first = ScriptedServer.answering(request -> answer(request, FIRST, firstAnswer));
        second = ScriptedServer.answering(request -> answer(request, SECOND, secondAnswer));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private @Nullable String answer(List<String> request, String id, AtomicReference<@Nullable String> answer) {
        if (!request.get(0).equals("HELLO")) {
            return answer.get();
        }
        hellos.incrementAndGet();
        if (secondLeft) {
            return "*3\r\n:1\r\n" + bulk(id) + node(FIRST, "", first, 1);
        }
        return "*4\r\n:1\r\n" + bulk(id) + node(FIRST, id.equals(FIRST) ? "" : "127.0.0.1", first, 1)
                + node(SECOND, "127.0.0.1", second, secondPriority);
    }

    private static String node(String id, String ip, ScriptedServer server, int priority) {
        return "*4\r\n" + bulk(id) + bulk(ip)
                + bulk(String.valueOf(server.address().port())) + bulk(String.valueOf(priority));
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private DisquePool pool() {
        return DisquePool.builder(List.of(first.address())).connect();
    }

    private static long adds(ScriptedServer server) {
        return server.requests().stream()
                .filter(request -> request.get(0).equals("ADDJOB"))
                .count();
    }

    @Test
    void theBestNodeIsAskedAndPrioritiesAreAnOrder() {
        try (DisquePool pool = pool()) {
            for (int i = 0; i < 5; i++) {
                pool.add("q", "b");
            }
            assertThat(adds(first)).isEqualTo(5);
            assertThat(adds(second)).isZero();
            assertThat(pool.size()).isEqualTo(1);
            firstAnswer.set("-LEAVING This node is leaving the cluster, please connect to a different one\r\n");
            pool.add("q", "b");
            assertThat(adds(second))
                    .as("priority 5 is worse than 1 and better than nothing")
                    .isEqualTo(1);
        }
    }

    @Test
    void equalNodesTakeTurns() {
        secondPriority = 1;
        try (DisquePool pool = pool()) {
            for (int i = 0; i < 10; i++) {
                pool.add("q", "b");
            }
            assertThat(adds(first)).isEqualTo(5);
            assertThat(adds(second)).isEqualTo(5);
        }
    }

    @Test
    void whatAnotherNodeMayDoIsAskedThere() {
        try (DisquePool pool = pool()) {
            for (String error : List.of(
                    "LOADING Disque is loading the dataset in memory",
                    "OOM command not allowed when used memory > 'maxmemory'.",
                    "MISCONF Errors writing to the AOF file: full",
                    "NOREPL Not enough reachable nodes for the requested replication level, since I'm unable to hold a copy"
                            + " of the message for the following reason: I'm out of memory")) {
                firstAnswer.set("-" + error + "\r\n");
                assertThat(pool.add("q", "b").toString()).isEqualTo(ScriptedServer.ID);
            }
            assertThat(adds(second)).isEqualTo(4);
        }
    }

    @Test
    void whatNoNodeWouldDoIsNotAskedAgain() {
        try (DisquePool pool = pool()) {
            firstAnswer.set("-PAUSED Queue paused in input, try later\r\n");
            assertThatThrownBy(() -> pool.add("q", "b")).isInstanceOf(PausedException.class);
            assertThat(adds(second)).isZero();
        }
    }

    @Test
    void aJobThatMayBeStoredIsNotAddedAgain() {
        try (DisquePool pool = pool()) {
            firstAnswer.set(null);
            DisqueConnectionException lost =
                    catchThrowableOfType(DisqueConnectionException.class, () -> pool.add("q", "b"));
            assertThat(lost.mayHaveBeenExecuted()).isTrue();
            assertThat(adds(second)).isZero();
            assertThat(pool.addAll(List.of(AddJob.to("q", "b"), AddJob.to("q", "b"))))
                    .hasSize(2);
        }
    }

    @Test
    void aJobThatMayBeStoredIsAddedAgainWhereThatWasChosen() {
        try (DisquePool pool =
                DisquePool.builder(List.of(first.address())).repeatLostAdds().connect()) {
            firstAnswer.set(null);
            pool.add("q", "b");
            assertThat(adds(second)).isEqualTo(1);
            firstAnswer.set("-OOM no\r\n");
            assertThat(pool.addAll(List.of(AddJob.to("q", "b"), AddJob.to("q", "b"))))
                    .hasSize(2)
                    .allMatch(AddResult::isAdded);
        }
    }

    @Test
    void whenAllFailTheFirstFailureTellsOfTheOthers() {
        try (DisquePool pool = pool()) {
            firstAnswer.set("-OOM first\r\n");
            secondAnswer.set("-OOM second\r\n");
            assertThatThrownBy(() -> pool.add("q", "b"))
                    .hasMessage("OOM first")
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .hasToString("dev.millrace.disque.OutOfMemoryException: OOM second"));
        }
    }

    @Test
    void aNodeThatFailedRestsAndIsTriedAgain() {
        try (DisquePool pool = pool()) {
            firstAnswer.set("*-1\r\n");
            secondAnswer.set("*-1\r\n");
            first.hangUp();
            WaitFor.until("the first node is asked again", () -> {
                pool.get(GetJob.from("q"));
                return first.requests().stream()
                        .anyMatch(request -> request.get(0).equals("GETJOB"));
            });
        }
    }

    @Test
    void seedsStayTheLastResort() {
        first.close();
        try (DisquePool pool =
                DisquePool.builder(List.of(first.address(), second.address())).connect()) {
            pool.add("q", "b");
            assertThat(adds(second))
                    .as(first.requests() + " and " + second.requests())
                    .isEqualTo(1);
        }
    }

    @Test
    void refreshingGoesOnInTheBackgroundUntilItIsStopped() {
        try (DisquePool pool = DisquePool.builder(List.of(first.address()))
                .refreshEvery(Duration.ofMillis(5))
                .connect()) {
            WaitFor.until("several refreshes", () -> hellos.get() > 3);
            pool.stopRefreshing();
            pool.stopRefreshing();
            int stopped = hellos.get();
            assertThat(threads("disque-refresh")).isEmpty();
            assertThat(hellos).hasValue(stopped);
            pool.startRefreshing();
            pool.startRefreshing();
            WaitFor.until("it goes on", () -> hellos.get() > stopped);
        }
    }

    @Test
    void closingEndsCallsOnNodesThatLeft() throws IOException {
        secondAnswer.set("");
        try (DisquePool pool = pool()) {
            DisqueClient leaving = pool.client(second.address()).orElseThrow();
            CompletableFuture<List<DisqueJob>> waiting = CompletableFuture.supplyAsync(
                    () -> leaving.get(GetJob.from("q").waitingForEver()));
            WaitFor.until(
                    "it waits",
                    () -> second.requests().stream()
                            .anyMatch(request -> request.get(0).equals("GETJOB")));
            secondLeft = true;
            for (int i = 0; i < 3; i++) {
                pool.refresh();
            }
            assertThat(pool.client(second.address())).isEmpty();
            assertThat(waiting).as("what is under way may end").isNotDone();
            pool.close();
            WaitFor.until("the call has ended", waiting::isCompletedExceptionally);
        }
    }

    @Test
    void nodesThatLeftAreNotWatchedForEver() {
        try (DisquePool pool = pool()) {
            DisqueClient left = pool.client(second.address()).orElseThrow();
            secondLeft = true;
            pool.refresh();
            left.add("q", "b");
            pool.refresh();
            assertThatThrownBy(() -> left.add("q", "b"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void closingTwiceLeavesNoThread() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        DisquePool pool = pool();
        pool.close();
        pool.close();
        WaitFor.until("no thread is left", () -> threads("disque-").allMatch(before::contains));
        assertThatThrownBy(pool::startRefreshing).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.add("q", "b")).isInstanceOf(IllegalStateException.class);
    }

    private static Stream<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix));
    }
}
