// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Capabilities.SettleScope;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.Tag;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a worker says of its deliveries is answered one by one, and holds. */
abstract class SettlingChapter extends Chapter {
    private record ForeignTag() implements Tag {}

    SettlingChapter(BrokerContract contract) {
        super(contract);
    }

    private void alreadySettled(Settled answer) {
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            assertThat(answer).isEqualTo(Settled.LOST);
        } else {
            assertThat(answer).isIn(Settled.LOST, Settled.SENT);
        }
    }

    @Test
    void acknowledgedJobNeverComesBack() {
        stored(job("done"));
        Receiver receiver = receiver();
        ack(receiver, take(receiver));
        nothing(receiver);
        pass(unit.multipliedBy(3));
        nothing(receiver);
        nothing(receiver());
    }

    @Test
    void eachSettlementIsAnsweredInOrder() {
        stored(jobs(5));
        Receiver receiver = receiver();
        List<Delivery> taken = take(receiver, 5);
        ack(receiver, taken.get(1));
        ack(receiver, taken.get(3));
        List<Settled> answers =
                receiver.settle(taken.stream().<Settlement>map(Ack::new).toList());
        assertThat(answers).hasSize(5);
        for (int i : List.of(0, 2, 4)) {
            accepted(answers.get(i));
        }
        alreadySettled(answers.get(1));
        alreadySettled(answers.get(3));
    }

    @Test
    void differentSettlementsMayShareAList() {
        stored(jobs(3));
        Receiver receiver = receiver();
        List<Delivery> taken = take(receiver, 3);
        List<Settled> answers = receiver.settle(List.of(
                new Release(taken.get(0), Duration.ZERO, Cause.FAILED),
                new Ack(taken.get(1)),
                new Release(taken.get(2), Duration.ZERO, Cause.NOT_TRIED)));
        assertThat(answers).hasSize(3).allSatisfy(Chapter::accepted);
        assertThat(take(receiver, 2))
                .extracting(Delivery::id)
                .containsExactlyInAnyOrder(taken.get(0).id(), taken.get(2).id());
        nothing(receiver);
    }

    @Test
    void nothingIsAnsweredWithNothing() {
        assertThat(receiver().settle(List.of())).isEmpty();
    }

    @Test
    void sameDeliveryTwiceInAListIsSettledOnce() {
        stored(jobs(1));
        Receiver receiver = receiver();
        Delivery delivery = take(receiver);
        List<Settled> answers = receiver.settle(List.of(new Ack(delivery), new Ack(delivery)));
        accepted(answers.get(0));
        alreadySettled(answers.get(1));
    }

    @Test
    void acknowledgingTwiceIsHarmless() {
        stored(List.of(job("one"), job("two")));
        Receiver receiver = receiver();
        Delivery one = take(receiver);
        ack(receiver, one);
        alreadySettled(settle(receiver, new Ack(one)));
        alreadySettled(settle(receiver, new Release(one, Duration.ZERO, Cause.FAILED)));
        take(receiver);
        nothing(receiver);
    }

    @Test
    void releasedJobIsNoLongerTheWorkersOwn() {
        stored(job("again"));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        release(receiver, first, Cause.FAILED);
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            assertThat(settle(receiver, new Ack(first))).isEqualTo(Settled.LOST);
            assertThat(settle(receiver, new Release(first, Duration.ZERO, Cause.FAILED)))
                    .isEqualTo(Settled.LOST);
            ack(receiver, take(receiver));
        } else if (settle(receiver, new Ack(first)) == Settled.LOST) {
            ack(receiver, take(receiver));
        }
        nothing(receiver);
    }

    @Test
    void releasedJobIsTheSameJob() {
        stored(job("again"));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        release(receiver, first, Cause.FAILED);
        Delivery second = take(receiver());
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.queue()).isEqualTo(first.queue());
        assertThat(second.payload()).isEqualTo(first.payload());
        assertThat(second.headers()).isEqualTo(first.headers());
        assertThat(second.enqueuedAt()).isEqualTo(first.enqueuedAt());
    }

    @Test
    void anyThreadSettles() {
        stored(jobs(2));
        Receiver receiver = receiver();
        List<Delivery> taken = take(receiver, 2);
        for (Delivery delivery : taken) {
            accepted(Background.start(() -> settle(receiver, new Ack(delivery))).result());
        }
        pass(unit);
        nothing(receiver);
    }

    @Test
    void deliveryOfAnotherReceiverIsRefusedAndNothingChanges() {
        stored(jobs(2));
        Receiver mine = receiver();
        Receiver other = receiver();
        Delivery own = take(mine);
        Delivery foreign = take(other);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.settle(List.of(new Ack(own), new Ack(foreign))))
                .withMessageContaining(foreign.id().value());
        ack(other, foreign);
        ack(mine, own);
    }

    @Test
    void deliveryOfAnotherBrokerIsRefusedAndNothingChanges() {
        stored(job("own"));
        Receiver receiver = receiver();
        Delivery own = take(receiver);
        Delivery foreign = Delivery.of(new JobId("foreign"), queue, Payload.text("foreign"), new ForeignTag())
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.settle(List.of(new Ack(own), new Ack(foreign))))
                .withMessageContaining("foreign");
        ack(receiver, own);
    }

    @Test
    void headersOfAReleaseAreAddedOrReplaced() {
        stored(job("plain"));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        Release noted = new Release(first, Duration.ZERO, Cause.FAILED, header("error", "one"));
        if (refuses(Feature.HEADERS, receiver, noted)) {
            return;
        }
        accepted(settle(receiver, noted));
        Delivery second = take(receiver);
        assertThat(second.headers()).isEqualTo(header("error", "one"));
        assertThat(second.payload().text()).isEqualTo("plain");
        accepted(settle(receiver, new Release(second, Duration.ZERO, Cause.FAILED, header("error", "two"))));
        assertThat(take(receiver).headers()).isEqualTo(header("error", "two"));
    }

    @Test
    void headersOfTheProducerStayThroughReleases() {
        if (refuses(Feature.HEADERS, job("x").withHeader("a", "1"))) {
            return;
        }
        stored(job("noted").withHeader("a", "1").withHeader("b", "2"));
        Receiver receiver = receiver();
        Delivery first = take(receiver);
        accepted(settle(receiver, new Release(first, Duration.ZERO, Cause.FAILED, header("b", "3"))));
        release(receiver, take(receiver), Cause.NOT_TRIED);
        assertThat(take(receiver).headers()).isEqualTo(Map.of("a", "1", "b", "3"));
    }

    @Test
    void releaseOnlyAddsItsHeadersWhenItIsNotTooLate() {
        stored(job("late"));
        Receiver slow = receiver();
        Delivery late = take(slow);
        Release noted = new Release(late, Duration.ZERO, Cause.FAILED, header("late", "yes"));
        if (refuses(Feature.HEADERS, slow, noted)) {
            return;
        }
        release(slow, late, Cause.FAILED);
        alreadySettled(settle(slow, noted));
        Delivery again = take(slow);
        if (broker.capabilities().settles() == SettleScope.DELIVERY) {
            assertThat(again.headers()).isEmpty();
        }
    }
}
