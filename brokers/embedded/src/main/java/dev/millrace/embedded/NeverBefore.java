// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.time.Instant;
import java.time.InstantSource;

/*
 * A clock that never shows a time before a given one. If the machine's clock was set back while a store was closed, its
 * time goes on from the last moment that the store has seen, so that nothing due then waits twice.
 */
final class NeverBefore implements InstantSource {
    private final InstantSource clock;
    private final long behind;

    NeverBefore(InstantSource clock, long earliest) {
        this.clock = clock;
        this.behind = Math.max(0, earliest - clock.millis());
    }

    @Override
    public long millis() {
        return clock.millis() + behind;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
