// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs a whole contract within one test: for servers that not every build has, where the tests of the contract would be
 * skipped, and a skipped test is a failed build. Thread-safe.
 */
public final class ContractRun {
    private ContractRun() {}

    /**
     * Runs all tests of a contract; those tagged {@code long} only if the system property {@code millrace.mode} is {@code
     * long}.
     *
     * @param contract a class that extends a contract of the testkit, with a constructor without parameters
     * @throws AssertionError if a test fails or is skipped, or if there is none; it names each that failed
     */
    public static void of(Class<?> contract) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .filters(ClassNameFilter.includeClassNamePatterns(".*"));
        if (!System.getProperty("millrace.mode", "").equals("long")) {
            request.filters(TagFilter.excludeTags("long"));
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), listener);
        assertThat(listener.getSummary().getTestsFoundCount()).isPositive();
        assertThat(listener.getSummary().getTestsSkippedCount()
                        + listener.getSummary().getTestsAbortedCount())
                .as("tests that were skipped")
                .isZero();
        assertThat(listener.getSummary().getFailures())
                .extracting(failure -> failure.getTestIdentifier().getUniqueId() + ": " + failure.getException())
                .isEmpty();
    }
}
