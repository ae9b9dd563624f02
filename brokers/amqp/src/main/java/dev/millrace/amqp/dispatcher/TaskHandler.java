// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

/**
 * Does tasks of one name. Called by as many virtual threads at once as the worker's limit allows, so it must be thread-safe. At
 * its time limit, and when the worker's patience at its end is over, the thread is interrupted.
 */
@FunctionalInterface
public interface TaskHandler {
    /**
     * Does one task.
     *
     * @param task the task
     * @throws Exception if this attempt failed: the task comes again as the worker's policy says, and ends in the dead letters
     */
    void handle(TaskCall task) throws Exception;
}
