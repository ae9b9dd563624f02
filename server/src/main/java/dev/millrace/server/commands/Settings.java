// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.hosting.Terms;
import java.util.List;

/**
 * How the server is started.
 *
 * @param version the version of Millrace
 * @param password what strangers must show; empty for nothing
 * @param users who else there is
 * @param maxMemory above how many bytes jobs are refused
 * @param maxClients how many connections at once
 * @param idleSeconds after how long a silent client is closed; 0 for never
 * @param retryClock from when the time to acknowledge counts
 * @param debug whether DEBUG is allowed
 */
public record Settings(
        String version,
        String password,
        List<User> users,
        long maxMemory,
        long maxClients,
        long idleSeconds,
        Terms.RetryClock retryClock,
        boolean debug) {
    /** Keeps the list. */
    public Settings {
        users = List.copyOf(users);
    }
}
