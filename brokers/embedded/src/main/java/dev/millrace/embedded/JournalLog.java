// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.embedded.journal.FolderOwnedException;
import dev.millrace.embedded.journal.Journal;
import dev.millrace.embedded.journal.JournalException;
import dev.millrace.embedded.journal.JournalFullException;
import org.jspecify.annotations.Nullable;

/** The log of {@code file:}, in a {@link Journal}. */
final class JournalLog implements JobLog {
    private @Nullable Journal journal;

    /** Until then nobody keeps account of what is needed. */
    void attach(Journal opened) {
        journal = opened;
    }

    private Journal journal() {
        Journal opened = journal;
        if (opened == null) {
            throw new IllegalStateException("the journal is not open yet");
        }
        return opened;
    }

    @Override
    public long write(byte[] frame, int length, boolean durable, boolean reserve) {
        try {
            return journal().write(frame, 0, length, durable, reserve);
        } catch (JournalException e) {
            throw brokerException(e);
        }
    }

    static BrokerException brokerException(JournalException e) {
        return BrokerException.of(e, e instanceof JournalFullException || e instanceof FolderOwnedException);
    }

    @Override
    public byte @Nullable [] read(long location, int length) {
        try {
            return journal().read(location, length);
        } catch (JournalException e) {
            throw brokerException(e);
        }
    }

    @Override
    public byte @Nullable [] readForward(long location, int length) {
        try {
            return journal().readForward(location, length);
        } catch (JournalException e) {
            throw brokerException(e);
        }
    }

    @Override
    public long retain(long location, int length) {
        if (journal != null) {
            journal.retain(location, length);
        }
        return location;
    }

    @Override
    public void release(long location, int length) {
        if (journal != null) {
            journal.release(location, length);
        }
    }

    @Override
    public void reclaim() {
        try {
            journal().reclaim();
        } catch (JournalException e) {
            throw brokerException(e);
        }
    }

    @Override
    public void close() {
        try {
            journal().close();
        } catch (JournalException e) {
            throw brokerException(e);
        }
    }
}
