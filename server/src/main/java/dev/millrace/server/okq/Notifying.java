// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.listening.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code QREGISTER [queue]…} and {@code QNOTIFY seconds}: waits until one of the queues has an event. */
final class Notifying {
    private static final long LONGEST_SECONDS = 315_360_000L;

    private final Consumers consumers;

    Notifying(Consumers consumers) {
        this.consumers = consumers;
    }

    Reply register(Client client, byte[][] arguments) {
        Map<QueueName, byte[]> wanted = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            wanted.putIfAbsent(client.queue(arguments[i]), arguments[i]);
        }
        consumers.register(client, wanted);
        return OkqReply.OK;
    }

    Reply begin(Client client, byte[][] arguments) {
        long seconds = Math.min(GoText.seconds(arguments[1], "timeout"), LONGEST_SECONDS);
        Map<QueueName, byte[]> queues = consumers.of(client);
        Notified notified = new Notified(client, queues, seconds * 1000);
        if (queues.isEmpty()) {
            return seconds == 0 ? OkqReply.NOTHING : notified;
        }
        return notified.asking(new Call.AwaitReady(List.copyOf(queues.keySet()), seconds > 0, notified));
    }

    private static final class Notified extends OkqReply<Optional<QueueName>> {
        private final Map<QueueName, byte[]> queues;
        private final long millis;

        Notified(Client client, Map<QueueName, byte[]> queues, long millis) {
            super(client);
            this.queues = queues;
            this.millis = millis;
        }

        @Override
        public boolean holds() {
            return patient();
        }

        @Override
        public boolean patient() {
            return millis > 0;
        }

        @Override
        public long patienceMillis() {
            return millis;
        }

        @Override
        public void giveUp() {
            give(Optional.empty());
        }

        @Override
        protected void write(ReplyWriter out, Optional<QueueName> found) {
            byte[] name = found.isPresent() ? queues.get(found.get()) : null;
            if (name == null) {
                out.nullBulk();
            } else {
                out.bulk(name);
            }
        }
    }
}
