// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.testkit.traffic.CopyCrashContract;
import java.time.Duration;

class CopyCrashTest extends CopyCrashContract<OkqHarness> {
    CopyCrashTest() {
        super(new OkqHarness());
    }

    @Override
    protected int port() {
        return harness().port();
    }

    @Override
    protected Broker connect(String address) {
        return harness().connect(address);
    }

    /** okq knows no release for later. */
    @Override
    protected Settlement release(Delivery delivery) {
        return new Settlement.Release(delivery, Duration.ZERO, Cause.FAILED);
    }

    @Override
    protected String addsReleased() {
        return "QRPUSH";
    }

    @Override
    protected String adds() {
        return "QLPUSH";
    }
}
