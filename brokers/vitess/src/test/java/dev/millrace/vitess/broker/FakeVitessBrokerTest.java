// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.vitess.FakeVitess;
import dev.millrace.vitess.VitessSite;

class FakeVitessBrokerTest extends VitessBrokerTest {
    @Override
    VitessSite site() {
        return new FakeVitess();
    }
}
