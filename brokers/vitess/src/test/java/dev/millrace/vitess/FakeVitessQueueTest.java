// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class FakeVitessQueueTest extends VitessQueueTest {
    @Override
    VitessSite site() {
        return new FakeVitess();
    }

    @BeforeEach
    void split() {
        ((FakeVitess) site).vtgate.splitAt(7);
    }
}
