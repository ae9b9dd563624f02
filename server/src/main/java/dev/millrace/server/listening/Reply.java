// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Call;
import dev.millrace.resp.ReplyWriter;
import org.jspecify.annotations.Nullable;

/** The answer to a request, perhaps before it is known. Belongs to the loop. */
public abstract class Reply {
    /** For those who say more. */
    protected Reply() {}

    /**
     * Whether the answer is known.
     *
     * @return true once it can be written
     */
    public abstract boolean done();

    /**
     * Writes the answer.
     *
     * @param out where to
     */
    public abstract void write(ReplyWriter out);

    /**
     * What the host is asked.
     *
     * @return the call, or null if the host is not asked
     */
    public @Nullable Call call() {
        return null;
    }

    /**
     * Whether nothing behind it on its connection begins before it is done.
     *
     * @return true if it holds back the rest
     */
    public boolean holds() {
        return false;
    }

    /**
     * Whether it can begin behind a reply that may have to wait, because it then would have to wait as well.
     *
     * @param waiting the reply that holds back
     * @return true if it is of the same kind
     */
    public boolean joins(Reply waiting) {
        return false;
    }

    /**
     * Whether it may wait for ever, and may be given up.
     *
     * @return true if {@link #giveUp} ends it
     */
    public boolean patient() {
        return false;
    }

    /**
     * For how long it waits.
     *
     * @return milliseconds, or 0 for as long as it takes
     */
    public long patienceMillis() {
        return 0;
    }

    /** It waited in vain: it is done, with nothing. */
    public void giveUp() {}

    /** The server sends its client elsewhere: it is done, with whatever says so. */
    public void leave() {
        giveUp();
    }

    /**
     * Whether the connection is closed behind it.
     *
     * @return true if it is the last
     */
    public boolean last() {
        return false;
    }

    /** It was done, but there is nobody any more to read it. */
    public void unread() {}
}
