// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.resp.ReplyWriter;
import java.util.function.Consumer;

/** A reply that is known at once. Can be shared. */
public final class Ready extends Reply {
    private final Consumer<ReplyWriter> content;
    private final boolean last;

    private Ready(Consumer<ReplyWriter> content, boolean last) {
        this.content = content;
        this.last = last;
    }

    /**
     * A reply.
     *
     * @param content writes it
     * @return the reply
     */
    public static Ready of(Consumer<ReplyWriter> content) {
        return new Ready(content, false);
    }

    /**
     * A reply behind which the connection is closed.
     *
     * @param content writes it
     * @return the reply
     */
    public static Ready closing(Consumer<ReplyWriter> content) {
        return new Ready(content, true);
    }

    @Override
    public boolean done() {
        return true;
    }

    @Override
    public void write(ReplyWriter out) {
        content.accept(out);
    }

    @Override
    public boolean joins(Reply waiting) {
        return true;
    }

    @Override
    public boolean last() {
        return last;
    }
}
