// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.broker.BrokerException;
import dev.millrace.hosting.Answer;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.listening.Asked;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import java.util.List;
import java.util.function.BiConsumer;

/** Replies that many commands give. */
public final class Replies {
    private static final System.Logger LOG = System.getLogger(Replies.class.getName());

    public static final Reply OK = simple("OK");

    private Replies() {}

    public static Reply simple(String text) {
        byte[] encoded = new ReplyWriter(text.length() + 3).simpleString(text).toByteArray();
        return Ready.of(out -> out.encoded(encoded));
    }

    public static Reply integer(long value) {
        return Ready.of(out -> out.integer(value));
    }

    public static Reply bulk(String text) {
        return Ready.of(out -> out.bulk(text));
    }

    public static Reply nullBulk() {
        return Ready.of(ReplyWriter::nullBulk);
    }

    public static Reply bulks(List<String> texts) {
        return Ready.of(out -> {
            out.arrayHeader(texts.size());
            texts.forEach(out::bulk);
        });
    }

    public static void failure(ReplyWriter out, RuntimeException why) {
        if (why instanceof Refusal refusal) {
            out.error(refusal.line());
        } else if (why instanceof BrokerException) {
            out.error("MISCONF " + why.getMessage());
        } else {
            out.error("ERR " + why.getMessage());
        }
    }

    /** An answer that nobody waits for. */
    public static final class Silent<T> implements Answer<T> {
        @Override
        public void give(T value) {}

        @Override
        public void fail(RuntimeException why) {
            LOG.log(System.Logger.Level.WARNING, "something that nobody waits for failed", why);
        }
    }

    /** What the host answers, written in one go. */
    public static final class Of<T> extends Asked<T> {
        private final BiConsumer<ReplyWriter, T> writing;
        private final boolean holds;

        private Of(Client client, boolean holds, BiConsumer<ReplyWriter, T> writing) {
            super(client.connection());
            this.holds = holds;
            this.writing = writing;
        }

        /** A reply that nothing has to wait for. */
        public static <T> Of<T> free(Client client, BiConsumer<ReplyWriter, T> writing) {
            return new Of<>(client, false, writing);
        }

        /** A reply that holds back what is behind it. */
        public static <T> Of<T> holding(Client client, BiConsumer<ReplyWriter, T> writing) {
            return new Of<>(client, true, writing);
        }

        @Override
        public boolean holds() {
            return holds;
        }

        @Override
        protected void write(ReplyWriter out, T given) {
            writing.accept(out, given);
        }

        @Override
        protected void writeFailure(ReplyWriter out, RuntimeException why) {
            failure(out, why);
        }
    }
}
