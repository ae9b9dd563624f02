// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.Page;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** {@code QSTATUS [queue]…} and {@code QINFO [queue]…}: how queues stand, of those that are named or of all. */
final class Status {
    private static final int STEPS = 1000;

    private final Consumers consumers;

    Status(Consumers consumers) {
        this.consumers = consumers;
    }

    /**
     * How a queue stands.
     *
     * @param name on the wire, one character for each byte
     * @param total all its events
     * @param processing those that consumers have
     * @param consumers how many clients are registered for it
     */
    record Row(String name, long total, long processing, long consumers) {}

    Reply rows(Client client, byte[][] arguments) {
        return begin(client, arguments, Status::write);
    }

    Reply lines(Client client, byte[][] arguments) {
        return begin(client, arguments, StatusLines::write);
    }

    private Reply begin(Client client, byte[][] arguments, BiConsumer<ReplyWriter, List<Row>> writing) {
        if (arguments.length == 1) {
            return new All(client, writing).begin();
        }
        Deque<byte[]> names = new ArrayDeque<>(Arrays.asList(arguments).subList(1, arguments.length));
        names.forEach(client::queue);
        return new Named(client, names, writing).begin();
    }

    private static void write(ReplyWriter out, List<Row> rows) {
        out.arrayHeader(rows.size());
        for (Row row : rows) {
            out.arrayHeader(4).bulk(Words.bytes(row.name));
            out.integer(row.total).integer(row.processing).integer(row.consumers);
        }
    }

    private Row row(byte[] name, QueueName queue, @Nullable HostedQueue stands) {
        long active = stands == null ? 0 : stands.active();
        long rest = stands == null ? 0 : stands.queued() + stands.waiting();
        return new Row(Words.raw(name), rest + active, active, consumers.count(queue));
    }

    /** One queue after the other. */
    private final class Named extends OkqReply<Optional<HostedQueue>> {
        private final Client client;
        private final Deque<byte[]> names;
        private final BiConsumer<ReplyWriter, List<Row>> writing;
        private final List<Row> rows = new ArrayList<>();

        Named(Client client, Deque<byte[]> names, BiConsumer<ReplyWriter, List<Row>> writing) {
            super(client);
            this.client = client;
            this.names = names;
            this.writing = writing;
        }

        Reply begin() {
            return asking(new Call.Look(client.queue(names.element()), this));
        }

        @Override
        protected @Nullable Call more(Optional<HostedQueue> found) {
            byte[] name = names.remove();
            rows.add(row(name, client.queue(name), found.orElse(null)));
            return names.isEmpty() ? null : new Call.Look(client.queue(names.element()), this);
        }

        @Override
        protected void write(ReplyWriter out, Optional<HostedQueue> last) {
            writing.accept(out, rows);
        }
    }

    /** All that hold something or have consumers, by name. */
    private final class All extends OkqReply<Page<HostedQueue>> {
        private final Client client;
        private final BiConsumer<ReplyWriter, List<Row>> writing;
        private final Map<QueueName, HostedQueue> found = new HashMap<>();

        All(Client client, BiConsumer<ReplyWriter, List<Row>> writing) {
            super(client);
            this.client = client;
            this.writing = writing;
        }

        Reply begin() {
            return asking(list(0));
        }

        private Call list(long cursor) {
            return new Call.ListQueues(cursor, STEPS, this);
        }

        @Override
        protected @Nullable Call more(Page<HostedQueue> page) {
            page.found().forEach(queue -> found.put(queue.name(), queue));
            return page.next() == 0 ? null : list(page.next());
        }

        @Override
        protected void write(ReplyWriter out, Page<HostedQueue> last) {
            List<Row> rows = new ArrayList<>();
            found.forEach((name, queue) -> add(rows, name, queue));
            for (QueueName name : consumers.all()) {
                if (!found.containsKey(name)) {
                    add(rows, name, null);
                }
            }
            rows.sort(Comparator.comparing(Row::name));
            writing.accept(out, rows);
        }

        private void add(List<Row> rows, QueueName name, @Nullable HostedQueue queue) {
            Row row = row(client.node().names().wire(name, Map.of()), name, queue);
            if (client.sees(name) && (row.total > 0 || row.consumers > 0)) {
                rows.add(row);
            }
        }
    }
}
