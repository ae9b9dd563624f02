// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final AddJob JOB = AddJob.to("q", "b");

    @Test
    void lengthsOfTimeAreRoundedUp() {
        assertThat(JOB.withRetry(Duration.ofNanos(1)).setting(AddJob.Option.RETRY))
                .isEqualTo(1);
        assertThat(JOB.withRetry(Duration.ofSeconds(2)).setting(AddJob.Option.RETRY))
                .isEqualTo(2);
        assertThat(JOB.withRetry(Duration.ofMillis(2001)).setting(AddJob.Option.RETRY))
                .isEqualTo(3);
        assertThat(JOB.withDelay(Duration.ZERO).setting(AddJob.Option.DELAY)).isZero();
        assertThat(JOB.withReplicationTimeout(Duration.ofNanos(1_000_001)).setting(AddJob.Option.TIMEOUT))
                .isEqualTo(2);
    }

    @Test
    void whatTheServerWouldWrapIsRefusedWithTheNumberAndTheRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JOB.withTimeToLive(Duration.ofSeconds((1L << 32) + 1000)))
                .withMessageContaining("PT1193046H44M56S")
                .withMessageContaining("2147483647");
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withRetry(Duration.ofSeconds(4_294_968)));
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withDelay(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> GetJob.from("q").waiting(Duration.ofDays(25)));
        assertThat(JOB.withRetry(Duration.ofSeconds(4_294_967)).setting(AddJob.Option.RETRY))
                .isEqualTo(4_294_967);
        assertThat(JOB.withTimeToLive(Duration.ofSeconds(2_147_483_647)).setting(AddJob.Option.TTL))
                .isEqualTo(Integer.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JOB.withTimeToLive(Duration.ofSeconds(2_147_483_647).plusNanos(1)));
    }

    @Test
    void zeroIsNeverMeantByAccident() {
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withRetry(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withTimeToLive(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withTimeToLive(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withDelay(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> GetJob.from("q").waiting(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> GetJob.from("q").withCount(0));
        assertThatIllegalArgumentException().isThrownBy(() -> GetJob.from());
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withReplicas(0));
        assertThatIllegalArgumentException().isThrownBy(() -> JOB.withMaxLength(0));
    }

    @Test
    void atMostOnceMeansOneCopyUnlessItSaysOtherwise() {
        assertThat(JOB.replicas()).isEmpty();
        assertThat(JOB.atMostOnce().replicas()).hasValue(1);
        assertThat(JOB.atMostOnce().withReplicas(2).replicas()).hasValue(2);
    }

    @Test
    void extrasThatNoServerTakesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobExtras.none().withPriority(10))
                .withMessage("the priority 10 is out of range; give 0 to 9");
        assertThatIllegalArgumentException().isThrownBy(() -> JobExtras.none().withPriority(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> JobExtras.none().withDeliveries(0));
        assertThat(JobExtras.none()
                        .withHeader("b", "1")
                        .withHeader("a", "2")
                        .withHeader("b", "3")
                        .headers())
                .hasToString("{b=3, a=2}");
    }

    @Test
    void anErrorThatNamesNoJobIsNoDuplicate() {
        DisqueServerException error = ServerErrors.of("DUPLICATE " + ScriptedServer.ID);
        assertThat(error)
                .isInstanceOfSatisfying(
                        DuplicateJobException.class,
                        e -> assertThat(e.existing()).hasToString(ScriptedServer.ID));
        assertThat(ServerErrors.of("DUPLICATE"))
                .isInstanceOfSatisfying(
                        DuplicateJobException.class,
                        e -> assertThatThrownBy(e::existing).isInstanceOf(DisqueProtocolException.class));
    }

    @Test
    void anIdTellsItsNodeItsLifeAndItsPromise() {
        DisqueJobId id = DisqueJobId.parse(ScriptedServer.ID);
        assertThat(id.nodePrefix()).isEqualTo("dcb833cf");
        assertThat(id.timeToLive()).isEqualTo(Duration.ofMinutes(1441));
        assertThat(id.atMostOnce()).isFalse();
        assertThat(DisqueJobId.parse(ScriptedServer.ID.replace("05a1", "05a0")).atMostOnce())
                .isTrue();
        assertThat(id).isEqualTo(DisqueJobId.parse(ScriptedServer.ID)).hasToString(ScriptedServer.ID);
        DisqueJobId strange = DisqueJobId.parse(ScriptedServer.ID.replace("05a1", "zzzz"));
        assertThatThrownBy(strange::atMostOnce).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatNoServerTakesIsNoId() {
        for (String text : List.of(
                "",
                "D-",
                ScriptedServer.ID + "x",
                ScriptedServer.ID.replace("D-", "d-"),
                ScriptedServer.ID.replace("-05a1", "005a1"),
                "[]")) {
            assertThatIllegalArgumentException().isThrownBy(() -> DisqueJobId.parse(text));
        }
    }

    @Test
    void addressesAreRead() {
        assertThat(NodeAddress.parse("h")).isEqualTo(new NodeAddress("h", 7711));
        assertThat(NodeAddress.parse("h:1")).isEqualTo(new NodeAddress("h", 1)).hasToString("h:1");
        assertThat(NodeAddress.parse("[::1]:9"))
                .isEqualTo(new NodeAddress("::1", 9))
                .hasToString("[::1]:9");
        for (String text : List.of("", "h:", "h:x", "h:0", "h:65536", "::1", ":7711")) {
            assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parse(text));
        }
    }

    @Test
    void aWaitMarginBelowWhatServersNeedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DisqueOptions.defaults().withWaitMargin(Duration.ofSeconds(1)))
                .withMessageContaining("1.5 seconds");
    }

    @Test
    void errorsAreToldByTheirFirstWord() {
        assertThat(List.of(
                        "BADID x",
                        "LEAVING x",
                        "LOADING x",
                        "MAXLEN x",
                        "MISCONF x",
                        "NOAUTH x",
                        "NOJOB x",
                        "NOREPL x",
                        "OOM x",
                        "PAUSED x",
                        "TOOLATE x",
                        "ERR x",
                        "NEW"))
                .map(ServerErrors::of)
                .satisfiesExactly(
                        e -> helps(e, BadIdException.class, false, false),
                        e -> helps(e, LeavingException.class, true, false),
                        e -> helps(e, LoadingException.class, true, true),
                        e -> helps(e, MaxLenException.class, false, true),
                        e -> helps(e, MisconfException.class, true, false),
                        e -> helps(e, NoAuthException.class, false, false),
                        e -> helps(e, NoJobException.class, false, false),
                        e -> helps(e, NoReplException.class, false, true),
                        e -> helps(e, OutOfMemoryException.class, true, true),
                        e -> helps(e, PausedException.class, false, true),
                        e -> helps(e, TooLateException.class, false, false),
                        e -> helps(e, DisqueServerException.class, false, false),
                        e -> assertThat(e.prefix()).isEqualTo("NEW"));
    }

    private static void helps(DisqueServerException error, Class<?> type, boolean elsewhere, boolean later) {
        assertThat(error).isExactlyInstanceOf(type);
        assertThat(error.helpsElsewhere()).isEqualTo(elsewhere);
        assertThat(error.helpsLater()).isEqualTo(later);
        assertThat(String.valueOf(error.getMessage())).startsWith(error.prefix() + " ");
    }

    @Test
    void aLackOfReplicasTellsWhatItMeans() {
        NoReplException timeout =
                new NoReplException("NOREPL Timeout reached before replicating to the requested number of nodes");
        assertThat(timeout.mayBeDelivered()).isTrue();
        NoReplException leaving = new NoReplException(
                "NOREPL Not enough reachable nodes for the requested replication level,"
                        + " since I'm unable to hold a copy of the message for the following reason: I'm leaving the cluster");
        assertThat(leaving.mayBeDelivered()).isFalse();
        assertThat(leaving.helpsElsewhere()).isTrue();
        assertThat(new NoReplException("NOREPL job removed (expired?) before").helpsLater())
                .isFalse();
    }

    @Test
    void moreThanHalfOfTheLastJobsDecideWhereAConsumerGoes() {
        Affinity affinity = new Affinity();
        assertThat(affinity.received(jobs("aaaaaaaa", Affinity.WINDOW / 2))).isEmpty();
        assertThat(affinity.received(jobs("bbbbbbbb", Affinity.WINDOW / 2)))
                .as("a draw")
                .isEmpty();
        assertThat(affinity.received(jobs("aaaaaaaa", 10))).isEmpty();
        assertThat(affinity.received(jobs("bbbbbbbb", Affinity.WINDOW))).contains("bbbbbbbb");
    }

    private static List<DisqueJob> jobs(String prefix, int count) {
        DisqueJobId id = DisqueJobId.parse(ScriptedServer.ID.replace("dcb833cf", prefix));
        DisqueJob job = new DisqueJob(DisqueQueue.of("q"), id, new byte[0], null, new NodeAddress("h", 1));
        return Collections.nCopies(count, job);
    }
}
