// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import dev.millrace.testkit.conformance.BrokerHarness;
import org.junit.jupiter.api.Nested;

/**
 * What a worker must keep on every broker. A broker's test extends it and gives a harness; nothing else. All of it runs on
 * the system's time, since it is about threads.
 */
public abstract class WorkerContract {
    /** For subclasses; the test framework makes one for each test. */
    protected WorkerContract() {}

    /**
     * Puts the broker through one test.
     *
     * @return a new harness, whose broker shares no data with earlier ones
     */
    protected abstract BrokerHarness harness();

    @Nested
    class Producing extends ProducingChapter {
        Producing() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Handling extends HandlingChapter {
        Handling() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Types extends TypesChapter {
        Types() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Outcomes extends OutcomesChapter {
        Outcomes() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class BadHandlers extends BadHandlersChapter {
        BadHandlers() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class TimeLimits extends TimeLimitsChapter {
        TimeLimits() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Leases extends LeasesChapter {
        Leases() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class AtMostOnce extends AtMostOnceChapter {
        AtMostOnce() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class ReadAhead extends ReadAheadChapter {
        ReadAhead() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Draining extends DrainingChapter {
        Draining() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Recovering extends RecoveringChapter {
        Recovering() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Outages extends OutagesChapter {
        Outages() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Load extends LoadChapter {
        Load() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Snoozing extends SnoozingChapter {
        Snoozing() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Observing extends ObservingChapter {
        Observing() {
            super(WorkerContract.this);
        }
    }

    @Nested
    class Refusing extends RefusingChapter {
        Refusing() {
            super(WorkerContract.this);
        }
    }
}
