// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

/** What becomes of a job in the demonstration: a tenth fail the first time, one of five hundred for ever. */
enum Fate {
    SUCCEEDS,
    FAILS_ONCE,
    FAILS_ALWAYS;

    private static final int FEW = 5;
    private static final int JOBS_PER_DEAD = 500;
    private static final int JOBS_PER_RETRY = 10;

    static Fate of(int number, int jobs) {
        int spacing = jobs / Math.max(1, jobs / JOBS_PER_DEAD);
        if (jobs >= FEW && number % spacing == spacing / 2 && number / spacing < Math.max(1, jobs / JOBS_PER_DEAD)) {
            return FAILS_ALWAYS;
        }
        return number % JOBS_PER_RETRY == 1 ? FAILS_ONCE : SUCCEEDS;
    }
}
