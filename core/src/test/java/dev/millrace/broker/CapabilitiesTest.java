// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Capabilities.LeaseScope;
import dev.millrace.broker.Capabilities.Ordering;
import dev.millrace.broker.Capabilities.SettleScope;
import dev.millrace.job.BrokerOption;
import dev.millrace.job.Codec;
import dev.millrace.job.Job;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapabilitiesTest {
    private static final Job PLAIN = Job.of("q", Payload.empty());
    private static final Capabilities NOTHING = Capabilities.builder().build();

    record Sized(int number) implements BrokerOption {
        @Override
        public String broker() {
            return "sized";
        }
    }

    static Stream<Map.Entry<Feature, Job>> asking() {
        return Map.of(
                Feature.DELAY, PLAIN.after(Duration.ofMillis(1)),
                Feature.EXPIRY, PLAIN.expiringAfter(Duration.ofMillis(1)),
                Feature.CHOSEN_ID, PLAIN.withId("a"),
                Feature.FRONT, PLAIN.atFront(),
                Feature.PRIORITY, PLAIN.withPriority(Job.DEFAULT_PRIORITY + 1),
                Feature.HEADERS, PLAIN.withHeader("a", "b"))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("asking")
    void jobThatAsksForAMissingFeatureIsRefused(Map.Entry<Feature, Job> asking) {
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> NOTHING.check("bare:", asking.getValue()))
                .withMessageContainingAll("broker bare:", asking.getKey().name(), "queue q")
                .satisfies(
                        e -> assertThat(e.feature()).isEqualTo(asking.getKey().name()))
                .satisfies(e -> assertThat(e.broker()).isEqualTo("bare:"));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void emulatedIsEnough(Map.Entry<Feature, Job> asking) {
        Capabilities some = Capabilities.builder()
                .feature(asking.getKey(), Support.emulated("slow"))
                .build();
        assertThatCode(() -> some.check("some:", asking.getValue())).doesNotThrowAnyException();
    }

    @Test
    void jobThatAsksForNothingIsTakenByAll() {
        Job harmless =
                PLAIN.after(Duration.ZERO).withPriority(Job.DEFAULT_PRIORITY).withTimeLimit(Duration.ofSeconds(1));
        assertThatCode(() -> NOTHING.check("bare:", harmless)).doesNotThrowAnyException();
    }

    @Test
    void jobOfATypeNeedsHeaders() {
        Job typed = JobType.of("t", "q", Codec.text()).job("x");
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> NOTHING.check("bare:", typed))
                .withMessageContaining("HEADERS");
    }

    @Test
    void optionOfAnotherBrokerIsRefusedByName() {
        Job sized = PLAIN.with(new Sized(3));
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> NOTHING.check("bare:", sized))
                .withMessageContainingAll("Sized[number=3]", "broker sized", "bare:");
        assertThatCode(() -> NOTHING.check("sized:", sized, Set.of(Sized.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatNobodySpokeOfIsMissing() {
        for (Feature feature : Feature.values()) {
            assertThat(NOTHING.has(feature)).isFalse();
            assertThat(NOTHING.of(feature).level()).isEqualTo(Support.Level.NONE);
        }
        assertThat(NOTHING.leases()).isEqualTo(LeaseScope.RECEIVE);
        assertThat(NOTHING.settles()).isEqualTo(SettleScope.DELIVERY);
        assertThat(NOTHING.attempts()).isEqualTo(AttemptCount.EXACT);
        assertThat(NOTHING.ordering()).isEqualTo(Ordering.FIFO);
    }

    @Test
    void wordsAreKept() {
        Capabilities said = Capabilities.builder()
                .feature(Feature.DELAY, Support.nativeSupport())
                .feature(Feature.EXPIRY, Support.none("no clock"))
                .leases(LeaseScope.JOB)
                .settles(SettleScope.JOB)
                .attempts(AttemptCount.NONE)
                .ordering(Ordering.BEST_EFFORT)
                .build();
        assertThat(said.has(Feature.DELAY)).isTrue();
        assertThat(said.of(Feature.EXPIRY)).isEqualTo(new Support(Support.Level.NONE, "no clock"));
        assertThat(said.leases()).isEqualTo(LeaseScope.JOB);
        assertThat(said.settles()).isEqualTo(SettleScope.JOB);
        assertThat(said.attempts()).isEqualTo(AttemptCount.NONE);
        assertThat(said.ordering()).isEqualTo(Ordering.BEST_EFFORT);
    }
}
