// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Nested;

/**
 * What every broker must keep. A broker's test extends it and gives a harness; nothing else. The chapters are classes of
 * their own; both sides of every promise are tested, so nothing is ever skipped.
 */
public abstract class BrokerContract {
    /** For subclasses; the test framework makes one for each test. */
    protected BrokerContract() {}

    /**
     * Puts the broker through one test.
     *
     * @return a new harness, whose broker shares no data with earlier ones
     */
    protected abstract BrokerHarness harness();

    /** The same histories each time, so that a build can be repeated; new ones are for the long chapters. */
    @Property(tries = 150, seed = "20261126", shrinking = ShrinkingMode.OFF)
    @Tag("slow")
    void randomHistoriesAreAnsweredAsByTheReferenceQueue(@ForAll("histories") List<Step> history) {
        Reduction.run(history, shorter -> ModelRun.compare(harness(), shorter));
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
    @Tag("long")
    void manyMoreRandomHistoriesAreAnsweredAsByTheReferenceQueue(@ForAll("histories") List<Step> history) {
        Reduction.run(history, shorter -> ModelRun.compare(harness(), shorter));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        try (BrokerHarness harness = harness()) {
            return harness.timing().patience().isZero() ? Histories.all() : Histories.few();
        }
    }

    @Nested
    class Sending extends SendingChapter {
        Sending() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Ids extends IdsChapter {
        Ids() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Receiving extends ReceivingChapter {
        Receiving() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Waiting extends WaitingChapter {
        Waiting() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Settling extends SettlingChapter {
        Settling() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Leases extends LeasesChapter {
        Leases() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Extending extends ExtendingChapter {
        Extending() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Delays extends DelaysChapter {
        Delays() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Expiry extends ExpiryChapter {
        Expiry() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Retries extends RetriesChapter {
        Retries() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class DeadLetters extends DeadLettersChapter {
        DeadLetters() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Guarantees extends GuaranteesChapter {
        Guarantees() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Ordering extends OrderingChapter {
        Ordering() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Priorities extends PrioritiesChapter {
        Priorities() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Inspection extends InspectionChapter {
        Inspection() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Administration extends AdministrationChapter {
        Administration() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Addressing extends AddressingChapter {
        Addressing() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Closing extends ClosingChapter {
        Closing() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Interruption extends InterruptionChapter {
        Interruption() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Restarts extends RestartsChapter {
        Restarts() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Remembering extends RememberingChapter {
        Remembering() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyChapter {
        Concurrency() {
            super(BrokerContract.this);
        }
    }

    @Nested
    class BadInput extends BadInputChapter {
        BadInput() {
            super(BrokerContract.this);
        }
    }
}
