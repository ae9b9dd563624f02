// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.hosting.Call;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.listening.Reply;
import org.jspecify.annotations.Nullable;

/** A reply that is not sent. What is behind it waits for it all the same. */
final class Unheard extends Reply {
    private final Reply reply;

    Unheard(Reply reply) {
        this.reply = reply;
    }

    @Override
    public boolean done() {
        return reply.done();
    }

    @Override
    public void write(ReplyWriter out) {}

    @Override
    public @Nullable Call call() {
        return reply.call();
    }

    @Override
    public boolean holds() {
        return reply.holds();
    }

    @Override
    public boolean patient() {
        return reply.patient();
    }

    @Override
    public long patienceMillis() {
        return reply.patienceMillis();
    }

    @Override
    public void giveUp() {
        reply.giveUp();
    }

    @Override
    public void leave() {
        reply.leave();
    }

    @Override
    public boolean last() {
        return reply.last();
    }

    @Override
    public void unread() {
        reply.unread();
    }
}
