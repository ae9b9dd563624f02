// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.sql.MessageQueue;
import dev.millrace.sql.MessageResult;
import dev.millrace.sql.database.NanoClock;
import dev.millrace.sql.database.Nanos;
import dev.millrace.sql.database.TableName;
import dev.millrace.sql.database.Texts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/*
 * Vitess writes into a row when its message comes again right after it has sent it, and so maybe after we have said something of it. To
 * acknowledge and to park goes well with that, as it leaves alone what has time_acked. To bring a message back does not: what we write would be
 * written over. So that waits until Vitess has written: its attempt is counted by then, and its time_next is to come.
 */
/**
 * A message table of Vitess that is taken from as vtgate pushes. Speaks to vtgate's gRPC port; messages are added through {@link
 * MessageQueue}, in your own transactions. Never push and pull from one table. Thread-safe; close it.
 */
public final class VitessQueue implements AutoCloseable {
    private static final Logger LOG = System.getLogger(VitessQueue.class.getName());
    private static final long WRITTEN_WITHIN = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOKS_EACH = TimeUnit.MILLISECONDS.toNanos(10);

    private final TableName table;
    private final Texts texts;
    private final Vtgate vtgate;
    private final VtgateClock clock;
    private final List<VitessSubscription<?>> subscriptions = new CopyOnWriteArrayList<>();

    private VitessQueue(VitessAddress address, TableName table) {
        this.table = table;
        this.texts = new Texts(MessageQueue.class, table);
        this.vtgate = new Vtgate(address, Vtgate.SMALL_WINDOW);
        this.clock = new VtgateClock(texts.of("now_mysql"), InstantSource.system());
    }

    /**
     * A queue; connects when something is asked.
     *
     * @param address where the vtgate is
     * @param table its name: {@code a} to {@code z}, digits and {@code _}, and no word of SQL
     * @return the queue
     * @throws IllegalArgumentException if the name is not plain
     */
    public static VitessQueue at(VitessAddress address, String table) {
        return new VitessQueue(address, new TableName(table));
    }

    /**
     * A queue; connects when something is asked.
     *
     * @param url where the vtgate is, as {@link VitessAddress#of} reads it
     * @param table its name: {@code a} to {@code z}, digits and {@code _}, and no word of SQL
     * @return the queue
     * @throws IllegalArgumentException if the name is not plain, or the address is none
     */
    public static VitessQueue at(String url, String table) {
        return at(VitessAddress.of(url), table);
    }

    /**
     * Begins to take messages.
     *
     * @param <T> what messages are read as
     * @param reader reads a message; what it throws ends the subscription
     * @param options how
     * @return the subscription; close it
     * @throws VitessException if vtgate cannot be reached, knows no such table, or it is no message table
     */
    public <T> VitessSubscription<T> open(VitessRowReader<T> reader, VitessOptions options) {
        Inbox inbox = new Inbox(options.ahead());
        Keeper keeper = new Keeper(vtgate, table.value(), inbox, options, () -> {
            clock.compare(vtgate);
            Lease.of(vtgate, table).ifPresent(inbox::lease);
        });
        keeper.start();
        VitessSubscription<T> subscription = new VitessSubscription<>(this, reader, inbox, keeper);
        subscriptions.add(subscription);
        return subscription;
    }

    /**
     * A message is done.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if it is unknown, parked, or was done before
     * @throws VitessException if Vitess fails; after a passing failure it may have been done nevertheless
     */
    public MessageResult ack(long id) {
        return said(texts.of("ack"), clock.now(), id);
    }

    /**
     * Messages are done, by one statement for many of them.
     *
     * @param ids which
     * @return how many of them were not known, parked, or done before
     * @throws VitessException if Vitess fails; after a passing failure some may have been done nevertheless
     */
    public int ackAll(Collection<Long> ids) {
        long now = clock.now();
        long done = 0;
        List<Long> all = List.copyOf(ids);
        for (List<Long> some : pieces(all)) {
            done += vtgate.execute(listed("ack_all", List.of(now), some, List.of()))
                    .affected();
        }
        return (int) (all.size() - done);
    }

    /**
     * A message is parked until a person decides: it is not sent any more.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if it is unknown, parked already, or done
     * @throws VitessException if Vitess fails; after a passing failure it may have been done nevertheless
     */
    public MessageResult fail(long id) {
        return said(texts.of("fail"), id);
    }

    /**
     * A message comes again after a while. Waits until Vitess has written that it was sent, some milliseconds usually and a second at
     * most; if that can be told, because the attempt is known, only what was not sent to others since comes again.
     *
     * @param message which
     * @param delay after how long; zero or more
     * @return {@link MessageResult#GONE} if it is unknown, parked or done, or another's by now
     * @throws VitessException if Vitess fails; after a passing failure it may have been done nevertheless
     */
    public MessageResult nack(VitessMessage<?> message, Duration delay) {
        if (message.attempt().isEmpty()) {
            return nack(message.id(), delay);
        }
        long moment = after(delay);
        String text = texts.of("nack_attempt");
        long end = NanoClock.SYSTEM.getAsLong() + WRITTEN_WITHIN;
        while (true) {
            MessageResult result =
                    said(text, moment, message.id(), message.attempt().getAsLong());
            if (result == MessageResult.DONE || NanoClock.SYSTEM.getAsLong() - end >= 0) {
                return result;
            }
            LockSupport.parkNanos(LOOKS_EACH);
        }
    }

    /**
     * A message comes again after a while; also for who needs longer than he has a message for. Waits until Vitess has written that it was
     * sent, some milliseconds usually; if that cannot be seen for a second, the message was sent long ago, and is changed all the same.
     *
     * @param id which
     * @param delay after how long; zero or more
     * @return {@link MessageResult#GONE} if it is unknown, parked, or done
     * @throws VitessException if Vitess fails; after a passing failure it may have been done nevertheless
     */
    public MessageResult nack(long id, Duration delay) {
        long moment = after(delay);
        String text = texts.of("nack_sent");
        long end = NanoClock.SYSTEM.getAsLong() + WRITTEN_WITHIN;
        while (NanoClock.SYSTEM.getAsLong() - end < 0) {
            if (said(text, moment, id, clock.now()) == MessageResult.DONE) {
                return MessageResult.DONE;
            }
            LockSupport.parkNanos(LOOKS_EACH);
        }
        return said(texts.of("nack"), moment, id);
    }

    private long after(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " is negative; give zero or more");
        }
        return Nanos.plus(clock.now(), delay);
    }

    /**
     * A parked message is to be taken again, as if for the first time.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if there is no such parked message
     * @throws VitessException if Vitess fails; after a passing failure it may have been done nevertheless
     */
    public MessageResult requeue(long id) {
        return said(texts.of("requeue"), clock.now(), id);
    }

    /** Messages that nobody looked at come again at once; what Vitess has not written by then comes when its time has come. */
    void handBack(List<Long> ids) {
        try {
            for (List<Long> some : pieces(ids)) {
                long end = NanoClock.SYSTEM.getAsLong() + WRITTEN_WITHIN;
                while (unsent(some) > 0 && NanoClock.SYSTEM.getAsLong() - end < 0) {
                    LockSupport.parkNanos(LOOKS_EACH);
                }
                long now = clock.now();
                vtgate.executeOnParting(listed("hand_back_sent", List.of(now), some, List.of(now)));
            }
        } catch (VitessException e) {
            LOG.log(Level.DEBUG, "messages of " + this + " come again later", e);
        }
    }

    private long unsent(List<Long> ids) {
        QueryResult answer = vtgate.executeOnParting(listed("unsent", List.of(), ids, List.of(clock.now())));
        return new VitessRow(answer.columns(), answer.rows().getFirst())
                .number(answer.columns().getFirst());
    }

    private MessageResult said(String text, Long... values) {
        return vtgate.execute(Statement.of(text, values)).affected() > 0 ? MessageResult.DONE : MessageResult.GONE;
    }

    /** A statement with a list, and what stands before and behind it. */
    private Statement listed(String text, List<Long> before, List<Long> ids, List<Long> behind) {
        int length = Texts.length(ids.size());
        List<Long> values = new ArrayList<>(before);
        for (int i = 0; i < length; i++) {
            values.add(ids.get(Math.min(i, ids.size() - 1)));
        }
        values.addAll(behind);
        return new Statement(texts.of(text, length), values);
    }

    /** As many lists as there must be, so that each fits into a statement. */
    private static List<List<Long>> pieces(List<Long> ids) {
        List<List<Long>> pieces = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += Texts.longest()) {
            pieces.add(ids.subList(from, Math.min(ids.size(), from + Texts.longest())));
        }
        return pieces;
    }

    void forget(VitessSubscription<?> subscription) {
        subscriptions.remove(subscription);
    }

    /** Closes the subscriptions and the connection; closing twice is allowed. */
    @Override
    public void close() {
        subscriptions.forEach(VitessSubscription::close);
        vtgate.close();
    }

    @Override
    public String toString() {
        return "VitessQueue[" + table + " at " + vtgate.address() + "]";
    }
}
