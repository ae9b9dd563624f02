// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

/** A row of CAPABILITIES.md: something that a broker does in a way, or not. */
enum Promise {
    DELAY("a job waits before it can be received"),
    EXPIRY("a job that nobody took in time is forgotten"),
    CHOSEN_ID("the producer names the job; a second one with that id is a duplicate"),
    FRONT("a job goes before those that wait"),
    PRIORITY("jobs of a higher priority go first"),
    HEADERS("text travels beside the payload"),
    DELAYED_RETRY("a job that is handed back comes again later"),
    DEAD_LETTER("a job is put aside with its reason"),
    LEASES("who decides how long a job is a worker's own"),
    SETTLES("what a late acknowledgement ends"),
    ATTEMPTS("how exactly attempts are counted"),
    ORDERING("in which order jobs come"),
    AT_MOST_ONCE("a job is gone before its handler sees it"),
    RESTART("jobs survive a restart and a kill"),
    EXTENDING("a lease can be renewed"),
    ADDRESSABLE("a job can be found by its id alone"),
    INSPECTABLE("people can look into queues"),
    ADMINISTRABLE("people can pause, purge and redrive");

    private final String meaning;

    Promise(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}
