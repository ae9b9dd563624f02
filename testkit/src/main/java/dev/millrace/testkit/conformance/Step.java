// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Pause;

/*
 * One command of a random history. Numbers that choose something that exists (a queue, a delivery, an id) are taken modulo
 * how many there are; lengths of time are in units.
 */
sealed interface Step {
    /** Enqueues; id 0 is none, expiry 0 is never. */
    record Send(int queue, int delay, int expiry, int id, Flags flags) implements Step {}

    /** How a job goes among others. */
    record Flags(boolean front, int priority) {}

    /** Receives from one queue, or from all if it is negative. */
    record Receive(int receiver, int max) implements Step {}

    record Ack(int delivery) implements Step {}

    record Release(int delivery, int delay, boolean tried, boolean noted) implements Step {}

    record Bury(int delivery) implements Step {}

    record Extend(int delivery, int length) implements Step {}

    /** Lets time pass: so many units, and a tick more or less. */
    record Pass(int length, int ticks) implements Step {}

    /** Something that people do. */
    sealed interface Administrative extends Step {}

    record SetPause(int queue, Pause pause) implements Administrative {}

    record Purge(int queue) implements Administrative {}

    record PurgeDead(int queue) implements Administrative {}

    record Redrive(int queue, int max) implements Administrative {}

    record Look(int queue, int max) implements Step {}

    record AckById(int job) implements Administrative {}

    record ReleaseById(int job) implements Administrative {}

    record Restarted(boolean killed) implements Step {}
}
