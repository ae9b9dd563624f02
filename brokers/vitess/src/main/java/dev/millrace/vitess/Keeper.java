// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.sql.database.NanoClock;
import io.grpc.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/*
 * vtgate hides a change of primary for some time and then ends the stream; when it is shut down or its tablet fails, it ends it too. So every end
 * is followed by another beginning, after a pause that doubles until a stream has lived for longer than the longest pause, unless the reason
 * is one that time does not mend.
 */
/** Keeps a stream of a table going, on a thread of its own. */
final class Keeper {
    private static final Logger LOG = System.getLogger(Keeper.class.getName());

    /** What is done whenever a connection is new. */
    private final Runnable atConnecting;

    private final Vtgate vtgate;
    private final String sql;
    private final Inbox inbox;
    private final VitessOptions options;
    private final RandomGenerator chance = RandomGenerator.getDefault();
    private volatile @Nullable PushStream current;

    Keeper(Vtgate vtgate, String table, Inbox inbox, VitessOptions options, Runnable atConnecting) {
        this.vtgate = vtgate;
        this.sql = "stream * from " + table;
        this.inbox = inbox;
        this.options = options;
        this.atConnecting = atConnecting;
    }

    /** Begins a first stream, and keeps it. */
    void start() {
        PushStream first = new PushStream(inbox);
        Status status = begin(first);
        if (!status.isOk()) {
            throw Failures.of(vtgate.address(), "did not begin: " + sql, status);
        }
        Thread.ofVirtual().name("millrace-vitess").start(() -> keep(first));
    }

    private Status begin(PushStream stream) {
        atConnecting.run();
        current = stream;
        Status status = stream.begin(vtgate, sql);
        if (status.isOk()) {
            inbox.comeFrom(stream);
        }
        return status;
    }

    private void keep(PushStream first) {
        PushStream stream = first;
        long pause = options.pause().toNanos();
        while (inbox.isOpen()) {
            long since = NanoClock.SYSTEM.getAsLong();
            Status why = stream.end();
            inbox.comeFrom(null);
            if (NanoClock.SYSTEM.getAsLong() - since > options.longestPause().toNanos()) {
                pause = options.pause().toNanos();
            }
            boolean again = false;
            while (!again && goesOn(why) && inbox.pause(stream.isOld() ? 0 : jittered(pause))) {
                pause = stream.isOld()
                        ? pause
                        : Math.min(2 * pause, options.longestPause().toNanos());
                stream = new PushStream(inbox);
                why = begin(stream);
                again = why.isOk();
            }
            if (!again) {
                break;
            }
        }
        cancel();
    }

    private long jittered(long pause) {
        return (long) (pause * (0.5 + chance.nextDouble()));
    }

    /** Whether to try again; if not, and nobody closed it, the subscription has failed. */
    private boolean goesOn(Status why) {
        if (!inbox.isOpen()) {
            return false;
        }
        VitessException failure = Failures.of(vtgate.address(), "ended: " + sql, why);
        if (!failure.isPassing()) {
            inbox.end(VitessSubscription.State.FAILED, failure);
            return false;
        }
        LOG.log(Level.DEBUG, "connects again", failure);
        return true;
    }

    void cancel() {
        PushStream stream = current;
        if (stream != null) {
            stream.cancel();
        }
    }
}
