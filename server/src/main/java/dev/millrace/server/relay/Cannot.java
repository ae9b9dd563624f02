// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Broker;

/** What a broker cannot do, said. */
final class Cannot {
    private Cannot() {}

    static UnsupportedOperationException so(Broker broker, String what) {
        return new UnsupportedOperationException("the broker " + broker.name() + " cannot " + what);
    }
}
