// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Reply;
import org.jspecify.annotations.Nullable;

/** {@code AUTH password}, and {@code AUTH user password} where there are users. */
public final class Authentication {
    private static final String NO_PASSWORD = "ERR Client sent AUTH, but no password is set";
    private static final String WRONG = "ERR invalid password";

    private Authentication() {}

    public static Reply begin(Client client, byte[][] arguments) {
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
