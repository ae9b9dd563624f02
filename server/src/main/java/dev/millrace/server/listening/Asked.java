// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Answer;
import dev.millrace.hosting.Call;
import dev.millrace.resp.ReplyWriter;
import org.jspecify.annotations.Nullable;

/**
 * A reply that the host, or somebody else off the loop, gives. What comes from another thread is handed to the loop
 * first.
 *
 * @param <T> what is given
 */
public abstract class Asked<T> extends Reply implements Answer<T> {
    private final Connection connection;
    private @Nullable Call call;
    private @Nullable T value;
    private @Nullable RuntimeException failure;
    private boolean done;

    /**
     * A reply for a connection.
     *
     * @param connection whose
     */
    protected Asked(Connection connection) {
        this.connection = connection;
    }

    /**
     * Asks the host.
     *
     * @param asked the call that this is the answer of
     * @return this
     */
    public final Asked<T> asking(Call asked) {
        call = asked;
        return this;
    }

    /**
     * Writes what was given.
     *
     * @param out where to
     * @param given the value
     */
    protected abstract void write(ReplyWriter out, T given);

    /**
     * Writes what went wrong.
     *
     * @param out where to
     * @param why the failure
     */
    protected abstract void writeFailure(ReplyWriter out, RuntimeException why);

    /**
     * Asks on, where one answer is not all.
     *
     * @param given what was given
     * @return the next call, or null if this is all
     */
    protected @Nullable Call more(T given) {
        return null;
    }

    /**
     * Who reads it.
     *
     * @return the connection
     */
    protected final Connection connection() {
        return connection;
    }

    /**
     * What was given.
     *
     * @return the value, or null if there is none
     */
    protected final @Nullable T value() {
        return value;
    }

    @Override
    public final void give(T given) {
        if (connection.onLoop()) {
            finish(given, null);
        } else {
            connection.execute(() -> finish(given, null));
        }
    }

    @Override
    public final void fail(RuntimeException why) {
        if (connection.onLoop()) {
            finish(null, why);
        } else {
            connection.execute(() -> finish(null, why));
        }
    }

    private void finish(@Nullable T given, @Nullable RuntimeException why) {
        if (done) {
            return;
        }
        if (given != null) {
            Call next = more(given);
            if (next != null) {
                call = next;
                connection.conversation().again(this);
                return;
            }
        }
        value = given;
        failure = why;
        done = true;
        connection.answered(this);
    }

    @Override
    public final boolean done() {
        return done;
    }

    @Override
    public final @Nullable Call call() {
        return call;
    }

    @Override
    public final void write(ReplyWriter out) {
        RuntimeException why = failure;
        T given = value;
        if (why != null) {
            writeFailure(out, why);
        } else if (given != null) {
            write(out, given);
        } else {
            throw new IllegalStateException("nothing was given");
        }
    }
}
