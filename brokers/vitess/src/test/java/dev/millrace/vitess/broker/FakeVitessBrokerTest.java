// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.vitess.FakeVitess;
import dev.millrace.vitess.VitessSite;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class FakeVitessBrokerTest extends VitessBrokerTest {
    @Override
    VitessSite site() {
        return new FakeVitess();
    }
}
