// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import org.junit.jupiter.api.BeforeEach;

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
