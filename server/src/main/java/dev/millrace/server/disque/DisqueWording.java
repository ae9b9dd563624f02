// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Wording;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;

/** What Disque says of requests that it cannot do. */
final class DisqueWording implements Wording {
    static final Wording WORDING = new DisqueWording();

    private static final int SHOWN = 128;

    private DisqueWording() {}

    @Override
    public String unknown(byte[][] words) {
        String text = Words.raw(words[0]);
        return "ERR unknown command '" + (text.length() > SHOWN ? text.substring(0, SHOWN) : text) + "'";
    }

    @Override
    public String wrongNumber(String name) {
        return "ERR wrong number of arguments for '" + name + "' command";
    }

    @Override
    public Reply broken(String message) {
        return Ready.closing(out -> out.error("ERR " + message));
    }
}
