// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import dev.millrace.testkit.toy.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Every fault that the toy can have is noticed by the chapter whose business it is. */
@Tag("slow")
class ContractBitesTest {
    private static final Map<Fault, Class<?>> CHAPTERS = chapters();

    private static Map<Fault, Class<?>> chapters() {
        Map<Fault, Class<?>> chapters = new EnumMap<>(Fault.class);
        chapters.put(Fault.ACCEPTS_FOREIGN_DELIVERIES, BrokerContract.Settling.class);
        chapters.put(Fault.ACKNOWLEDGES_NOTHING, BrokerContract.Settling.class);
        chapters.put(Fault.AT_MOST_ONCE_COMES_BACK, BrokerContract.Guarantees.class);
        chapters.put(Fault.CLOSED_BROKER_ACCEPTS, BrokerContract.Closing.class);
        chapters.put(Fault.CLOSED_RECEIVER_RECEIVES, BrokerContract.Closing.class);
        chapters.put(Fault.CLOSING_DOES_NOT_WAKE, BrokerContract.Closing.class);
        chapters.put(Fault.CLOSING_LOSES_WHAT_IS_HELD, BrokerContract.Closing.class);
        chapters.put(Fault.COUNTS_UNTRIED_ATTEMPTS, BrokerContract.Retries.class);
        chapters.put(Fault.CRASH_FORGETS_ATTEMPTS, BrokerContract.Restarts.class);
        chapters.put(Fault.CRASH_LOSES_THE_LAST_JOB, BrokerContract.Restarts.class);
        chapters.put(Fault.DEAD_LETTERS_EXPIRE, BrokerContract.Expiry.class);
        chapters.put(Fault.DEAD_LETTERS_LOSE_THEIR_REASON, BrokerContract.DeadLetters.class);
        chapters.put(Fault.DELAY_ENDS_EARLY, BrokerContract.Delays.class);
        chapters.put(Fault.DELAY_ENDS_LATE, BrokerContract.Delays.class);
        chapters.put(Fault.DUPLICATE_REPLACES_THE_FIRST, BrokerContract.Ids.class);
        chapters.put(Fault.DUPLICATE_STORED_WHILE_LEASED, BrokerContract.Ids.class);
        chapters.put(Fault.EXPIRY_HITS_THE_LEASED, BrokerContract.Expiry.class);
        chapters.put(Fault.EXPIRY_IGNORED, BrokerContract.Expiry.class);
        chapters.put(Fault.EXTENSION_ADDS_TO_THE_REST, BrokerContract.Extending.class);
        chapters.put(Fault.FRONT_IGNORED, BrokerContract.Ordering.class);
        chapters.put(Fault.GIVES_MORE_THAN_ASKED, BrokerContract.Receiving.class);
        chapters.put(Fault.GIVES_MORE_THAN_MAY_BE_IN_FLIGHT, BrokerContract.Receiving.class);
        chapters.put(Fault.INTERRUPT_LOSES_A_JOB, BrokerContract.Interruption.class);
        chapters.put(Fault.INTERRUPT_SWALLOWED, BrokerContract.Interruption.class);
        chapters.put(Fault.LAST_IN_FIRST_OUT, BrokerContract.Ordering.class);
        chapters.put(Fault.LATE_ACK_ENDS_THE_NEXT_DELIVERY, BrokerContract.Leases.class);
        chapters.put(Fault.LEASE_ENDS_EARLY, BrokerContract.Leases.class);
        chapters.put(Fault.LEASE_NEVER_ENDS, BrokerContract.Leases.class);
        chapters.put(Fault.NEVER_WAKES, BrokerContract.Waiting.class);
        chapters.put(Fault.ONE_TOO_LARGE_REFUSES_ALL, BrokerContract.Sending.class);
        chapters.put(Fault.PAUSE_FORGOTTEN_BY_A_RESTART, BrokerContract.Remembering.class);
        chapters.put(Fault.PAUSE_REFUSES_NOTHING, BrokerContract.Administration.class);
        chapters.put(Fault.PEEK_TAKES, BrokerContract.Inspection.class);
        chapters.put(Fault.PRIORITY_IGNORED, BrokerContract.Priorities.class);
        chapters.put(Fault.PURGE_TAKES_THE_LEASED, BrokerContract.Administration.class);
        chapters.put(Fault.QUEUES_STARVE, BrokerContract.Receiving.class);
        chapters.put(Fault.RACES, BrokerContract.Concurrency.class);
        chapters.put(Fault.REDRIVE_KEEPS_ATTEMPTS, BrokerContract.DeadLetters.class);
        chapters.put(Fault.REDRIVES_THE_YOUNGEST, BrokerContract.DeadLetters.class);
        chapters.put(Fault.RELEASE_DROPS_HEADERS, BrokerContract.Settling.class);
        chapters.put(Fault.RELEASE_FORGETS_THE_DELAY, BrokerContract.Retries.class);
        chapters.put(Fault.RELEASE_LOSES, BrokerContract.Settling.class);
        chapters.put(Fault.REPEATS_IDS, BrokerContract.Ids.class);
        chapters.put(Fault.RESTART_FORGETS_CHOSEN_IDS, BrokerContract.Remembering.class);
        chapters.put(Fault.SETTLES_TWICE, BrokerContract.Settling.class);
        chapters.put(Fault.TRUNCATES_BODIES, BrokerContract.Sending.class);
        chapters.put(Fault.UNKNOWN_OPTIONS_IGNORED, BrokerContract.Sending.class);
        chapters.put(Fault.UNSUPPORTED_SILENTLY_ACCEPTED, BrokerContract.Delays.class);
        return chapters;
    }

    @AfterEach
    void mend() {
        BrokenToyContract.faults = Set.of();
        BrokenToyContract.bare = null;
    }

    private static TestExecutionSummary run(String engine, DiscoverySelector what) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(what)
                .filters(EngineFilter.includeEngines(engine), ClassNameFilter.includeClassNamePatterns(".*"))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }

    @ParameterizedTest
    @EnumSource
    void faultIsNoticed(Fault fault) {
        BrokenToyContract.faults = Set.of(fault);
        BrokenToyContract.bare = fault == Fault.UNSUPPORTED_SILENTLY_ACCEPTED ? BareToyContractTest.NOTHING : null;
        TestExecutionSummary summary =
                run("junit-jupiter", selectNestedClass(List.of(BrokenToyContract.class), CHAPTERS.get(fault)));
        assertThat(summary.getTestsFoundCount()).isPositive();
        assertThat(summary.getTotalFailureCount()).as("failures noticed").isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "COUNTS_UNTRIED_ATTEMPTS",
                "CRASH_LOSES_THE_LAST_JOB",
                "DELAY_ENDS_EARLY",
                "DUPLICATE_REPLACES_THE_FIRST",
                "EXPIRY_IGNORED",
                "FRONT_IGNORED",
                "LAST_IN_FIRST_OUT",
                "LATE_ACK_ENDS_THE_NEXT_DELIVERY",
                "LEASE_ENDS_EARLY",
                "PEEK_TAKES",
                "PRIORITY_IGNORED",
                "PURGE_TAKES_THE_LEASED",
                "REDRIVE_KEEPS_ATTEMPTS",
                "RELEASE_DROPS_HEADERS",
                "RELEASE_FORGETS_THE_DELAY",
                "RELEASE_LOSES",
                "RESTART_FORGETS_CHOSEN_IDS",
                "SETTLES_TWICE"
            })
    void faultIsNoticedByRandomHistories(Fault fault) {
        BrokenToyContract.faults = Set.of(fault);
        TestExecutionSummary summary = run("jqwik", selectClass(BrokenToyContract.class));
        assertThat(summary.getTotalFailureCount()).as("failures noticed").isPositive();
    }

    @Test
    void everyFaultHasAChapter() {
        assertThat(CHAPTERS).containsOnlyKeys(Fault.values());
    }

    @Test
    void withoutFaultNothingIsNoticed() {
        List<Class<?>> quick = new ArrayList<>(
                Arrays.asList(BrokerContract.Settling.class, BrokerContract.Delays.class, BrokerContract.Leases.class));
        for (Class<?> chapter : quick) {
            assertThat(run("junit-jupiter", selectNestedClass(List.of(BrokenToyContract.class), chapter))
                            .getTotalFailureCount())
                    .isZero();
        }
    }

    @Test
    void nothingIsSkipped() {
        TestExecutionSummary summary = run("junit-jupiter", selectClass(BrokenToyContract.class));
        assertThat(summary.getTestsSkippedCount()).isZero();
        assertThat(summary.getTestsAbortedCount()).isZero();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(200);
    }
}
