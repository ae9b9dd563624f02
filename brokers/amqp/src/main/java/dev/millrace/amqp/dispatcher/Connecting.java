// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions.Reconnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** Tries until it works, as often as the rule allows; an interrupt ends the waiting. */
record Connecting(Reconnection rule, Logger logger) {
    private static final long LEAST_PAUSE_MILLIS = 100;

    void run(Runnable attempt) {
        while (true) {
            try {
                attempt.run();
                return;
            } catch (AmqpException e) {
                if (!e.helpsLater()) {
                    throw e;
                }
                logger.log(Level.WARNING, e.getMessage());
                pause(e);
            }
        }
    }

    private void pause(AmqpException e) {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    Math.max(LEAST_PAUSE_MILLIS, rule.interval().toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }
}
