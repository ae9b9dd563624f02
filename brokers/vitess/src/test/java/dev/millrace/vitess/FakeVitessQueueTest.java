// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import org.junit.jupiter.api.AfterEach;

class FakeVitessQueueTest extends VitessQueueTest {
    @Override
    VitessSite site() {
        return new FakeVitess();
    }

    @AfterEach
    void stop() {
        ((FakeVitess) site).close();
    }
}
