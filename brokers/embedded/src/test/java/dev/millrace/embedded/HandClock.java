// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that can be set to any time, backwards too. */
final class HandClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    void jump(Duration by) {
        now.updateAndGet(then -> then.plus(by));
    }
}
