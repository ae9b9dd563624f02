// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Reply;
import org.jspecify.annotations.Nullable;

/** Does a command. */
@FunctionalInterface
public interface Handler {
    /**
     * Begins.
     *
     * @param client who asks
     * @param arguments the name and what follows
     * @return the reply, or null if there is none
     * @throws Refusal if the arguments are wrong
     */
    @Nullable
    Reply begin(Client client, byte[][] arguments);
}
