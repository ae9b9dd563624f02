// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.okq.OkqEvent;

/**
 * Handles events. Called by as many virtual threads at once as the consumer allows for each queue, so it must be thread-safe.
 * When the lease has ended, or the patience of closing, its thread is interrupted.
 */
@FunctionalInterface
public interface Callback {
    /**
     * Handles one event.
     *
     * @param event which
     * @param context what else is known of it
     * @return true if it is done; false if it is to come again: at once where the server knows REDO, else when its lease has
     *     ended
     * @throws Exception the same as false, and reported
     */
    boolean handle(OkqEvent event, EventContext context) throws Exception;
}
