// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Support;
import dev.millrace.job.QueueName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What RabbitMQ can do, and how queues are called there. */
final class Terms {
    private static final String DEAD = ".dead";
    private static final String LONG_DEAD = "millrace.dead.";

    private Terms() {}

    static Capabilities capabilities(QueueKind kind) {
        return Capabilities.builder()
                .feature(
                        Feature.DELAY,
                        Support.emulated("waits in a ladder of queues; late by up to 0.1 s, or more on a busy server"))
                .feature(Feature.EXPIRY, Support.nativeSupport())
                .feature(Feature.CHOSEN_ID, Support.none("RabbitMQ looks for no duplicates"))
                .feature(Feature.FRONT, Support.none("RabbitMQ adds at the end"))
                .feature(
                        Feature.PRIORITY,
                        kind.priorities()
                                ? Support.nativeSupport()
                                : Support.none("only in queues that are declared for it"))
                .feature(Feature.HEADERS, Support.nativeSupport())
                .feature(
                        Feature.DELAYED_RETRY,
                        Support.emulated("a copy in the ladder, then the acknowledgement; may duplicate"))
                .feature(
                        Feature.DEAD_LETTER,
                        Support.emulated("a copy in QUEUE.dead, then the acknowledgement; may duplicate"))
                .leases(Capabilities.LeaseScope.CONNECTION)
                .settles(Capabilities.SettleScope.DELIVERY)
                .attempts(Capabilities.AttemptCount.APPROXIMATE)
                // A quorum queue puts what is given back at its end, also what nobody had begun with.
                .ordering(kind == QueueKind.QUORUM ? Capabilities.Ordering.BEST_EFFORT : Capabilities.Ordering.FIFO)
                .peek(Capabilities.Peek.COUNTS)
                .build();
    }

    /** Where the dead letters of a queue lie; the names of very long queues leave no room for the ending. */
    static String deadOf(String queue) {
        String dead = queue + DEAD;
        return dead.getBytes(StandardCharsets.UTF_8).length <= QueueName.MAX_BYTES ? dead : LONG_DEAD + hash(queue);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The queue itself, or the one whose dead letters lie here; nothing if its name does not tell. */
    static Optional<String> origin(String name) {
        if (name.startsWith(LONG_DEAD)) {
            return Optional.empty();
        }
        boolean dead = name.endsWith(DEAD) && name.length() > DEAD.length();
        return Optional.of(dead ? name.substring(0, name.length() - DEAD.length()) : name);
    }

    static QueueName name(String queue) {
        return new QueueName(queue);
    }
}
