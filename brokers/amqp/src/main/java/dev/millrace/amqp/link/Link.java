// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * The client library could reconnect by itself, but then whoever uses the connection cannot tell which deliveries and
 * confirms belong to the old one. So a lost connection stays lost here, and the next one who needs it opens another.
 */
/** One connection to RabbitMQ, opened when it is needed, and again after it was lost. Thread-safe. */
public final class Link implements AutoCloseable {
    private static final int CLOSE_MILLIS = 3_000;

    private final String purpose;
    private final AmqpOptions options;
    private final ConnectionFactory factory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition unblocked = lock.newCondition();
    private @Nullable Connection connection;
    private @Nullable String blocked;
    private volatile @Nullable Socket socket;
    private final Attempts attempts;
    private volatile boolean closed;

    /**
     * A link without a connection.
     *
     * @param purpose what it is for; the server shows it
     * @param options how to reach the server
     * @param traffic is told of everything that is sent
     */
    public Link(String purpose, AmqpOptions options, TrafficListener traffic) {
        this.purpose = purpose;
        this.options = options;
        this.factory = Factories.of(options, traffic);
        factory.setSocketConfigurator(factory.getSocketConfigurator().andThen(made -> socket = made));
        this.attempts = new Attempts(options);
    }

    /**
     * The connection.
     *
     * @return it, open a moment ago
     * @throws AmqpException if there is none and none can be opened, or the link was closed
     */
    public Connection connection() {
        long asked = Ticks.now();
        lock.lock();
        try {
            if (closed) {
                throw AmqpException.lasting("the connection to " + options.url() + " was closed", null);
            }
            Connection current = connection;
            if (current == null || !current.isOpen()) {
                blocked = null;
                current = attempts.make(asked, this::open);
                connection = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private Connection open() {
        try {
            List<Address> addresses =
                    options.addresses().stream().map(Address::parseAddress).toList();
            Connection opened = factory.newConnection(addresses, "millrace " + purpose);
            opened.addBlockedListener(reason -> blocked(opened, reason), () -> blocked(opened, null));
            opened.addShutdownListener(signal -> blocked(opened, null));
            return opened;
        } catch (PossibleAuthenticationFailureException e) {
            throw AmqpException.lasting(
                    "RabbitMQ at " + options.url() + " refuses user " + options.login() + " on virtual host "
                            + options.virtualHost() + ": " + Causes.text(e),
                    e);
        } catch (IOException | TimeoutException e) {
            throw AmqpException.passing("RabbitMQ at " + options.url() + " cannot be reached: " + Causes.text(e), e);
        }
    }

    private void blocked(Connection which, @Nullable String reason) {
        lock.lock();
        try {
            if (which.equals(connection)) {
                blocked = reason;
                unblocked.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A channel of its own.
     *
     * @return an open channel; whoever asked closes it
     * @throws AmqpException if there is none to be had
     */
    public Channel channel() {
        try {
            Channel channel = connection().createChannel();
            if (channel == null) {
                throw AmqpException.passing(
                        "RabbitMQ at " + options.url() + " allows no more channels on a connection; close receivers",
                        null);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            throw Causes.told("opening a channel at " + options.url(), e);
        }
    }

    /**
     * Waits until the server takes what is published: it does not while it is low on memory or disk.
     *
     * @param nanos for how long at most
     * @throws AmqpException if it still does not
     */
    public void awaitUnblocked(long nanos) {
        boolean interrupted = false;
        lock.lock();
        try {
            long left = nanos;
            while (blocked != null && left > 0) {
                try {
                    left = unblocked.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (blocked != null) {
                throw AmqpException.passing(
                        "RabbitMQ at " + options.url() + " takes nothing at present (" + blocked
                                + "); nothing was sent. Waited " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms",
                        null);
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Why the server takes nothing at present.
     *
     * @return its reason, or null if it does
     */
    public @Nullable String blockedBecause() {
        lock.lock();
        try {
            return blocked;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How to reach the server.
     *
     * @return the options
     */
    public AmqpOptions options() {
        return options;
    }

    /** Ends the connection without a word: a thread that hangs in writing to a server that does not read goes on. */
    void tear() {
        Socket current = socket;
        if (current != null) {
            try {
                // With TLS the goodbye would wait for the writer.
                current.setSoLinger(true, 0);
                current.close();
            } catch (IOException e) {
                // It had ended before.
            }
        }
    }

    @Override
    public void close() {
        Connection last;
        // Whoever waits for the lock is to try no more.
        closed = true;
        lock.lock();
        try {
            last = connection;
            connection = null;
            blocked = null;
            unblocked.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            // Whoever hangs in writing holds up the goodbye as well.
            CompletableFuture.delayedExecutor(CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(this::tear);
            last.abort(CLOSE_MILLIS);
        }
    }

    @Override
    public String toString() {
        return "Link[" + purpose + ", " + options.url() + "]";
    }
}
