// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.link.RedisLink.Line;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Pipeline;
import dev.millrace.resp.client.Replies;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/*
 * A read that waits at the server must not be cut off: what it was about to deliver would be pending and known to nobody. So
 * it has a connection of its own, and who wants it to end tells the server so, with CLIENT UNBLOCK; then it replies
 * at once, with entries or without. Only a server that does not answer is hung up on.
 */
/** Reads that wait for entries. For one thread, and closed by it. */
final class BlockingRead implements AutoCloseable {
    private static final long A_MOMENT_MILLIS = 20;
    private static final int TRIES = 50;

    private final Group group;
    private @Nullable Pipeline pipeline;
    private @Nullable Line line;

    BlockingRead(Group group) {
        this.group = group;
    }

    /** A read that is under way. */
    final class Read {
        private final CompletableFuture<Long> client;
        private final CompletableFuture<List<Entry>> entries;

        private Read(Pipeline connection, int count, long millis) {
            CommandArguments id = new CommandArguments(Verb.CLIENT).add("ID");
            this.client = connection.submit(Command.of(id, (reply, server) -> Replies.number(reply)));
            this.entries = connection.submit(group.reading(count, millis));
        }

        /** Waits until it has ended or the bell rings. */
        void await(CompletableFuture<?> bell) throws InterruptedException {
            try {
                CompletableFuture.anyOf(entries, bell).get();
            } catch (ExecutionException failed) {
                // The end says it.
            }
        }

        /** Has it end, and says what it read. */
        List<Entry> end() {
            for (int i = 0; i < TRIES && !entries.isDone(); i++) {
                unblock();
            }
            if (!entries.isDone()) {
                close();
            }
            try {
                return entries.join();
            } catch (CompletionException e) {
                throw failure(e);
            }
        }

        private void unblock() {
            try {
                group.unblock(client.get(A_MOMENT_MILLIS, TimeUnit.MILLISECONDS));
                entries.get(A_MOMENT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // It had not begun to wait; once more.
            } catch (ExecutionException | RedisException | IllegalStateException e) {
                close();
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
            }
        }

        private RuntimeException failure(CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Line at = line;
            close();
            if (at != null) {
                group.link().failed(cause, at);
            }
            return cause instanceof RuntimeException known ? known : e;
        }
    }

    Read begin(int count, long millis) {
        Line now = group.link().lineOf(group.stream());
        Pipeline connection = pipeline;
        if (connection == null || !now.equals(line)) {
            close();
            connection = group.link().pipeline(now);
            pipeline = connection;
            line = now;
        }
        return new Read(connection, count, millis);
    }

    @Override
    public void close() {
        Pipeline last = pipeline;
        pipeline = null;
        if (last != null) {
            last.close();
        }
    }
}
