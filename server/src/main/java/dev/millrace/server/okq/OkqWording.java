// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.server.commands.Wording;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;

/** What okq says of requests that it cannot do. To bytes that are no request it says nothing. */
final class OkqWording implements Wording {
    static final Wording WORDING = new OkqWording();

    private OkqWording() {}

    @Override
    public String unknown(byte[][] words) {
        return words.length == 0 ? "ERR invalid command" : "ERR unknown command " + GoText.quoted(words[0]);
    }

    @Override
    public String wrongNumber(String name) {
        return "ERR missing args";
    }

    @Override
    public Reply broken(String message) {
        return Ready.closing(out -> {});
    }
}
