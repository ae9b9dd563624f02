// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Access;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.User;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import org.jspecify.annotations.Nullable;

/** {@code AUTH password}, and {@code AUTH user password} where there are users. */
final class Authentication {
    private static final String NO_PASSWORD = "ERR Client sent AUTH, but no password is set";
    private static final String WRONG = "ERR invalid password";

    private Authentication() {}

    static Reply begin(Client client, byte[][] arguments) {
        Access access = client.node().access();
        if (!access.closed()) {
            throw new Refusal(NO_PASSWORD);
        }
        @Nullable
        User user =
                arguments.length == 3 ? access.who(Words.text(arguments[1]), arguments[2]) : access.who(arguments[1]);
        client.user(user);
        if (user == null) {
            throw new Refusal(WRONG);
        }
        return Replies.OK;
    }
}
